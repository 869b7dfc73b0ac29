"""Cold and warm runs side by side: `nox -s bench`.

Every round runs each way once, one after the other, so that whatever else the machine does
falls on all of them alike; the table holds medians over the rounds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from dojo.runner.messages import Request
from dojo.warm import client
from dojo.warm.address import Home
from tools.document import machine, measure_and_put

ROOT = Path(__file__).parents[1]
STUB = "katas/q09/test_counter.py"
SOLVED = ("--answers=solutions", "-q", "-p", "no:cacheprovider")
PYTEST = (sys.executable, "-m", "pytest")
# Leaves out the plugins of our own development: one of them imports NumPy, for a tenth of a second.
AS_A_LEARNER = tuple(
    f"-pno:{plugin.name}" for plugin in entry_points(group="pytest11") if plugin.name != "timeout"
)


def process(*command: str, home: Path) -> tuple[float, float]:
    """Seconds from start to end of a command, and its peak memory in MB, children included."""
    began = time.perf_counter()
    env = {**os.environ, "TF_KATAS_HOME": str(home)}
    running = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        sys.exit(f"{' '.join(command)} failed.")
    return seconds, usage.ru_maxrss / 1000


def warm(home: Home, *args: str) -> tuple[float, float]:
    """Seconds from the request to the verdicts, and the child's peak memory in MB."""
    began = time.perf_counter()
    result = client.ask(home, Request([*args, *SOLVED], cwd=str(ROOT)))
    seconds = time.perf_counter() - began
    if result is None or result.status:
        sys.exit(f"The warm run of {' '.join(args)} failed.")
    return seconds, result.peak_mb


def own_time(home: Home, kata: str) -> tuple[float, float]:
    """What the tests alone take in a warm process: set-up, call and teardown, summed up."""
    with tempfile.TemporaryDirectory() as folder:
        xml = Path(folder, "tests.xml")
        warm(home, kata, f"--junitxml={xml}")
        return sum(float(case.get("time", 0)) for case in ET.parse(xml).iter("testcase")), 0.0


def measure(rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds and memory by way."""
    with tempfile.TemporaryDirectory() as folder:
        nobody, home = Path(folder, "nobody"), Home.within(Path(folder, "home"), ROOT)
        server = client.start(home, tied=True)
        client.wait_until_up(home, server)
        python = (sys.executable, "-c", "import tensorflow")
        ways: dict[str, Callable[[], tuple[float, float]]] = {
            "import": lambda: process(*python, home=nobody),
            "own": lambda: own_time(home, "katas/q09"),
            "cold": lambda: process(*PYTEST, "katas/q09", *SOLVED, *AS_A_LEARNER, home=nobody),
            "warm": lambda: warm(home, "katas/q09"),
            "stub cold": lambda: process(*PYTEST, STUB, *SOLVED, *AS_A_LEARNER, home=nobody),
            "stub warm": lambda: process(
                *PYTEST, STUB, *SOLVED, *AS_A_LEARNER, home=home.folder.parent
            ),
            "all own": lambda: own_time(home, "katas"),
            "all cold": lambda: process(*PYTEST, "katas", *SOLVED, home=nobody),
            "all -n 2": lambda: process(*PYTEST, "katas", "-n", "2", *SOLVED, home=nobody),
            "all warm": lambda: warm(home, "katas"),
        }
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for number in range(rounds):
            for name, way in ways.items():
                seen[name].append(way())
                print(f"round {number + 1}: {name} {seen[name][-1][0]:.2f} s", file=sys.stderr)
        client.stop(home)
        server.wait(60)
    return {
        name: (
            statistics.median(seconds for seconds, _ in values),
            statistics.median(memory for _, memory in values),
        )
        for name, values in seen.items()
    }


LABELS = {
    "import": 'bare `python -c "import tensorflow"`',
    "own": "the tests of q09 themselves, in a warm process",
    "cold": "cold `pytest katas/q09 --answers=solutions`",
    "warm": "the same, warm, from request to verdict",
    "stub cold": f"one stub, cold: `pytest {STUB}`",
    "stub warm": "the same command, with a warm process up",
    "all own": "the tests of all katas themselves, in a warm process",
    "all cold": "cold `pytest katas --answers=solutions`",
    "all -n 2": "the same with `-n 2`",
    "all warm": "the same, warm",
}


def table(medians: dict[str, tuple[float, float]], rounds: int) -> str:
    seconds = {name: value for name, (value, _) in medians.items()}
    lines = ["| what | median seconds | peak MB |", "|---|---:|---:|"]
    for name, label in LABELS.items():
        memory = f"{medians[name][1]:.0f}" if medians[name][1] else ""
        lines.append(f"| {label} | {seconds[name]:.2f} | {memory} |")
    floor, floor_of_all = (seconds["import"] + seconds[own] for own in ("own", "all own"))
    lines += [
        "",
        f"- Cold q09 takes {seconds['cold'] / floor:.2f} times the bare import plus the tests' own "
        f"time ({floor:.2f} s); all katas take {seconds['all cold'] / floor_of_all:.2f} times that "
        f"({floor_of_all:.2f} s).",
        f"- Warm q09 takes {seconds['warm'] - seconds['own']:.2f} s more than its tests and is "
        f"{seconds['cold'] / seconds['warm']:.1f} times as fast as cold.",
        f"- One stub takes {seconds['stub warm']:.2f} s warm, and "
        f"{seconds['stub cold'] / seconds['stub warm']:.1f} times as long cold.",
        "",
        f"{machine()} Medians of {rounds} rounds.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    measure_and_put(__doc__, "benchmark", lambda rounds: table(measure(rounds), rounds))


if __name__ == "__main__":
    main()
