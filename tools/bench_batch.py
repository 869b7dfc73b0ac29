"""What a batch costs: submissions a minute, how that grows, and what memory: `nox -s bench`."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from dojo.catalogue import Catalogue
from examiner.grade import grade
from examiner.jail import Jail, works
from examiner.submission import Submission, read_submission
from examiner.terms import Terms
from examiner.tree import build
from tools.bench_grading import KATAS, ROOT, cold, held, solved, timed
from tools.document import machine, measure_and_put

COPIES = 12


def examiner_batch(folder: Path, report: Path, *options: str) -> list[str]:
    return [
        *(sys.executable, "-m", "examiner", "batch", str(folder)),
        *("--report", str(report), *options),
    ]


def a_minute(folder: Path, jobs: int) -> tuple[float, float]:
    """Submissions a minute, and the most memory in MB that all processes held."""
    with tempfile.TemporaryDirectory() as report:
        command = examiner_batch(folder, Path(report, "new"), f"--jobs={jobs}")
        began, peak = time.perf_counter(), 0
        with psutil.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as batch:
            while batch.poll() is None:
                with contextlib.suppress(psutil.Error):
                    family = [batch, *batch.children(recursive=True)]
                    peak = max(peak, sum(map(held, family)))
                time.sleep(0.2)
    return 60 * COPIES / (time.perf_counter() - began), peak / 1e6


def start_of_a_jail() -> float:
    """Seconds until a jail has imported everything: what a warm one could save at most."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), ROOT, [KATAS[0]], Submission("none"))
        began = time.perf_counter()
        with Jail(Path(folder), 1):
            return time.perf_counter() - began


def table(rounds: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder, tree = Path(name, "in"), Path(name, "tree")
        for number in range(COPIES):
            solved(folder / f"s{number:02}")
        build(tree, ROOT, KATAS, read_submission(folder / "s00", Catalogue(ROOT)))
        one, memory = a_minute(folder, 1)
        two, _ = a_minute(folder, 2)
        start = statistics.median(start_of_a_jail() for _ in range(rounds))
        alone = statistics.median(
            timed(lambda: grade(folder / "s00", ROOT, Terms(lanes=1))) for _ in range(rounds)
        )
        peer = 60 / statistics.median(timed(lambda: cold(tree)) for _ in range(rounds))
    lines = [
        f"{COPIES} submissions with the solutions of q03, q06, q09, a minute:",
        "",
        "| way | submissions a minute |",
        "|---|---:|",
        f"| `examiner batch --jobs 1`, which uses both cores | {one:.1f} |",
        f"| `examiner batch --jobs 2` | {two:.1f} |",
        f"| a cold, sandboxed pytest for each kata, one after the other | {peer:.1f} |",
        "",
        f"- A worker's processes hold {memory:.0f} MB together.",
        f"- Of the {alone:.1f} s that a submission takes on one core, its jail imports everything",
        f"  in {start:.1f} s. A warm one would grade at most "
        f"{alone / (alone - start):.2f} times as many.",
        "",
        f"{machine()} Medians of {rounds} rounds where it says so, else one.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    if reason := works():
        sys.exit(reason)
    measure_and_put(__doc__, "batches", table, rounds=3)


if __name__ == "__main__":
    main()
