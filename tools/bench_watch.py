"""From a save to its verdict, in `dojo watch` and in pytest-watcher: `nox -s bench`.

Both watch the same stub of a copy of the checkout, in a terminal of their own, one after the other.
A save writes the solution with another comment at its end; the clock stops when the outcome of all
tests of the stub has been printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pexpect
import psutil

from dojo.warm import client
from dojo.warm.address import Home
from tools.bench import AS_A_LEARNER, PYTEST, ROOT, SOLVED, own_time, process
from tools.document import machine, measure_and_put
from tools.workcopy import workcopy

STUBS = ("q09/counter", "q06/train_step", "q03/affinity")
PASSED = "all passed"
LISTENS = "Press w to show menu"  # says pytest-watcher
PEERS = 3  # rounds of the peer, which takes many seconds for each
SAVES = 200  # in a row, after which nothing may have grown
IDLE = 20.0  # seconds
SETTLED = 0.5  # seconds between a verdict and the next save


@dataclass(frozen=True)
class Row:
    """Seconds for one stub: its tests alone, and what each way takes from a save to the verdict."""

    own: float
    plain: float
    watch: float
    peer: float


@contextmanager
def program(root: Path, *command: str) -> Iterator[pexpect.spawn]:
    """A Python module that runs in a terminal of its own, until the block ends."""
    env = {**os.environ, "PYTHONPATH": str(root), "TF_KATAS_HOME": str(root / "home")}
    args = ["-m", *command]
    running = pexpect.spawn(
        sys.executable, args, cwd=str(root), env=env, timeout=120, dimensions=(40, 100)
    )
    try:
        running.expect(PASSED)
        yield running
    finally:
        running.close(force=True)


def save(root: Path, stub: str, number: int) -> None:
    text = (root / "solutions" / f"{stub}.py").read_text("utf-8")
    (root / "katas" / f"{stub}.py").write_text(f"{text}# save {number}\n", encoding="utf-8")


def timed(running: pexpect.spawn, root: Path, stub: str, number: int, ready: str = "") -> float:
    """Seconds from a save to the verdict; the save waits until the program says that it listens."""
    running.expect(ready)
    time.sleep(SETTLED)
    began = time.perf_counter()
    save(root, stub, number)
    running.expect(PASSED)
    return time.perf_counter() - began


def test_file(stub: str) -> str:
    kata, name = stub.split("/")
    return f"katas/{kata}/test_{name}.py"


def row(root: Path, home: Home, stub: str, rounds: int) -> Row:
    file = test_file(stub)
    plain = (*PYTEST, file, *SOLVED, *AS_A_LEARNER)
    save(root, stub, 0)
    with program(root, "dojo", "watch", stub, "--plain") as running:
        watch = [timed(running, root, stub, 1 + number) for number in range(rounds)]
    folder = Path(file).parent.as_posix()
    with program(root, "pytest_watcher", folder, "--now", file, *AS_A_LEARNER) as running:
        peer = [timed(running, root, stub, 1 + number, LISTENS) for number in range(PEERS)]
    return Row(
        own=median(own_time(home, file)[0] for _ in range(rounds)),
        plain=median(process(*plain, home=home.folder.parent)[0] for _ in range(rounds)),
        watch=median(watch),
        peer=median(peer),
    )


def processes_of(running: pexpect.spawn) -> list[psutil.Process]:
    watch = psutil.Process(running.pid)
    return [watch, *watch.children(recursive=True)]


def endurance(root: Path, stub: str) -> Iterator[str]:
    """What a watch costs while nothing happens, and what has grown after many saves."""
    with program(root, "dojo", "watch", stub, "--plain") as running:
        watch, *others = processes_of(running)
        before, began = watch.cpu_times(), watch.memory_info().rss
        time.sleep(IDLE)
        spent = sum(watch.cpu_times()[:2]) - sum(before[:2])
        warm = max(process.memory_info().rss for process in others)
        files = len(list(root.rglob("*")))
        for number in range(SAVES):
            timed(running, root, stub, 1000 + number)
        grown = watch.memory_info().rss - began
        left = len(processes_of(running)) - 1 - len(others)
        more = len(list(root.rglob("*"))) - files
        yield f"- Idle, it takes {spent / IDLE:.1%} of a core."
        yield f"- Its warm process holds {warm / 1e6:.0f} MB."
        yield (
            f"- After {SAVES} saves in a row it holds {grown / 1e6:.1f} MB more, with {left} more "
            f"processes and {more} more files."
        )


def table(rounds: int) -> str:
    with workcopy() as root, tempfile.TemporaryDirectory() as folder:
        home = Home.within(Path(folder), ROOT)
        server = client.start(home, tied=True)
        client.wait_until_up(home, server)
        rows = {stub: row(root, home, stub, rounds) for stub in STUBS}
        client.stop(home)
        server.wait(60)
        closing = list(endurance(root, STUBS[0]))
    lines = [
        "| stub | its tests alone | `dojo watch` | plain `pytest`, warm | pytest-watcher |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {stub} | {r.own:.2f} | {r.watch:.2f} | {r.plain:.2f} | {r.peer:.2f} |"
            for stub, r in rows.items()
        ),
        "",
        *closing,
        "",
        f"{machine()} Medians of {rounds} saves, of {PEERS} for pytest-watcher.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    measure_and_put(__doc__, "watching", table, rounds=20)


if __name__ == "__main__":
    main()
