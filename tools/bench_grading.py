"""What a grading costs, against a cold, sandboxed pytest for each kata: `nox -s bench`."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from dojo.catalogue import Catalogue
from dojo.warm import client
from dojo.warm.address import Home
from examiner.grade import grade
from examiner.jail import Limits, bubblewrap, works
from examiner.submission import read_submission
from examiner.tree import ANSWERS, build
from tools.bench import own_time, process
from tools.document import machine, measure_and_put

ROOT = Path(__file__).parents[1]
KATAS = ("q03", "q06", "q09")


def solved(folder: Path) -> Path:
    """A submission with the solutions."""
    for kata in KATAS:
        shutil.copytree(ROOT / "solutions" / kata, folder / kata)
    return folder


def timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def cold(tree: Path) -> None:
    """What a course's grader does: a fresh sandbox and a fresh pytest for each kata."""
    for kata in KATAS:
        tests = ("-m", "pytest", f"katas/{kata}", f"--answers={ANSWERS}", "-q")
        command = [*bubblewrap(tree, Limits()), sys.executable, *tests]
        subprocess.run(command, check=True, capture_output=True)


def largest(submission: Path) -> float:
    """Peak memory in MB of all processes of a grading, shared pages counted once."""
    code = (
        "import sys; from pathlib import Path; from examiner.grade import grade;"
        "grade(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    with subprocess.Popen([sys.executable, "-c", code, submission, ROOT], cwd=ROOT) as running:
        peak = 0
        while running.poll() is None:
            family = [psutil.Process(running.pid)]
            family += family[0].children(recursive=True)
            peak = max(peak, sum(map(held, family)))
            time.sleep(0.1)
    return peak / 1e6


def held(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def measure(rounds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        submission, tree = solved(Path(folder, "sent")), Path(folder, "tree")
        build(tree, ROOT, KATAS, read_submission(submission, Catalogue(ROOT)))
        home = Home.within(Path(folder, "home"), ROOT)
        server = client.start(home, tied=True)
        client.wait_until_up(home, server)
        python = (sys.executable, "-c", "import tensorflow")
        ways: dict[str, Callable[[], float]] = {
            "import": lambda: process(*python, home=Path(folder, "nobody"))[0],
            "own": lambda: sum(own_time(home, f"katas/{kata}")[0] for kata in KATAS),
            "grading": lambda: timed(lambda: grade(submission, ROOT)),
            "cold": lambda: timed(lambda: cold(tree)),
        }
        seen = {name: [way() for _ in range(rounds)] for name, way in ways.items()}
        client.stop(home)
        server.wait(60)
        return {**{n: statistics.median(v) for n, v in seen.items()}, "peak": largest(submission)}


def table(seen: dict[str, float], rounds: int) -> str:
    bound = seen["import"] + seen["own"] / 2 + 1
    lines = [
        f"A submission with the solutions of {', '.join(KATAS)}:",
        "",
        "| what | median seconds |",
        "|---|---:|",
        f"| bare import of TensorFlow | {seen['import']:.2f} |",
        f"| the tests themselves, in a warm process | {seen['own']:.2f} |",
        f"| `examiner grade`: tests, controls, hidden checks | {seen['grading']:.2f} |",
        f"| a cold, sandboxed pytest for each kata: tests alone | {seen['cold']:.2f} |",
        "",
        f"- One import, half of the tests' own time and a second are {bound:.2f} s.",
        f"- That is {60 / seen['grading']:.1f} submissions a minute, "
        f"{seen['cold'] / seen['grading']:.1f} times as many as with a cold pytest for each kata.",
        f"- All processes together hold at most {seen['peak']:.0f} MB.",
        "",
        f"{machine()} Medians of {rounds} rounds.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    if reason := works():
        sys.exit(reason)
    measure_and_put(__doc__, "grading", lambda rounds: table(measure(rounds), rounds))


if __name__ == "__main__":
    main()
