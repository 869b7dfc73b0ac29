"""A round of 200 submissions with accidents: `python -m tools.accidents`, about ten minutes.

Five are hostile, two workers are killed, and the scheduler starts anew. Every submission must have
one result, the same as if it were graded alone.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from dojo.report.known import corpus
from examiner.batch.store import Store
from examiner.grade import grade
from examiner.model import Grading
from examiner.terms import Terms

ROOT = Path(__file__).parents[1]
KATA, STUB = "q09", "counter"
HOSTILE = ("endless_loop", "fork_bomb", "kill_itself", "memory_bomb", "patches_reports")
ROUND = 200
EVERY = 60.0  # seconds between two accidents
AGAIN = 10  # of so many submissions, one is graded alone


def texts() -> list[str]:
    """The hostile ones, then the corpus of a stub again and again."""
    hostile = [ROOT / f"tests/attacks/hostile/{name}.py" for name in HOSTILE]
    known = [*corpus(ROOT, KATA, STUB).glob("accepts/*.py")]
    known += [*corpus(ROOT, KATA, STUB).glob("rejects/*.py")]
    files = [*hostile, *sorted(known) * ROUND][:ROUND]
    return [f"{file.read_text('utf-8')}\n# {number}\n" for number, file in enumerate(files)]


def send(folder: Path) -> None:
    for number, text in enumerate(texts()):
        file = folder / f"s{number:03}" / KATA / f"{STUB}.py"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def started(*command: str) -> Iterator[psutil.Popen]:
    """A Python module at work; it and its children are gone after the block."""
    process = psutil.Popen([sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            for each in [*process.children(recursive=True), process]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
        process.wait()


def graded(folder: Path, report: Path, place: Path) -> int:
    """Grade the round, with accidents; the exit status."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    local = ("--local-directory", str(place), "--no-dashboard")
    worker = ("dask", "worker", address, "--nthreads", "1", "--nworkers", "2", *local)
    batch = ("examiner", "batch", str(folder), "--report", str(report), "--scheduler", address)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(started(*scheduler))
        keeper = stack.enter_context(started(*worker))
        time.sleep(5)
        grading = stack.enter_context(started(*batch))
        for _ in range(2):
            time.sleep(EVERY)
            victim = keeper.children()[-1]
            print(f"Killed: a worker, {' '.join(victim.cmdline())[:80]}", flush=True)
            victim.kill()
        time.sleep(EVERY)
        print("Killed: the scheduler. Another one starts.", flush=True)
        first.kill()
        first.wait()
        stack.enter_context(started(*scheduler))
        stack.enter_context(started(*worker))
        return int(grading.wait())


def verdicts(grading: Grading) -> list[tuple[str, str]]:
    return [(t.verdict.test, t.verdict.word) for stub in grading.stubs for t in stub.tests]


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all that was started ends, too
    with tempfile.TemporaryDirectory() as name:
        folder, report, began = Path(name, "in"), Path(name, "report"), time.monotonic()
        send(folder)
        status = graded(folder, report, Path(name, "dask"))
        print(f"Status {status} after {time.monotonic() - began:.0f} s.")
        with Store(report) as store:
            words = [row["word"] for row in store.rows("SELECT word FROM submission")]
            gradings = dict(store.gradings())
        print(f"{len(words)} results, {words.count('graded')} of them graded.")
        again = sorted(gradings)[len(HOSTILE) :: AGAIN]
        alone = {name: Terms(seed=gradings[name].seed) for name in again}
        same = sum(
            verdicts(grade(folder / name, ROOT, terms)) == verdicts(gradings[name])
            for name, terms in alone.items()
        )
        print(f"{same} of {len(again)} that were graded alone again came out the same.")


if __name__ == "__main__":
    main()
