"""A hiring round in small: submissions to one stub, made from its corpus."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from dojo.report.known import corpus
from examiner.batch.store import FILE

ROOT = Path(__file__).parents[3]
KATA, STUB = "q09", "counter"
GRADERS = corpus(ROOT, KATA, STUB)
APART = "examiner.batch.apart"


def texts() -> dict[str, str]:
    """Right and wrong answers, and one that ends its process, by the candidate's name."""
    return {
        "ada": (ROOT / f"solutions/{KATA}/{STUB}.py").read_text(encoding="utf-8"),
        "carl": first("rejects"),
        "eve": "import os\n\nos.kill(os.getpid(), 9)\n",
    }


def first(kind: str) -> str:
    return min((GRADERS / kind).glob("*.py")).read_text(encoding="utf-8")


def send(folder: Path, name: str, text: str) -> Path:
    """Put a submission into the folder."""
    file = folder / name / KATA / f"{STUB}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder / name


def command(folder: Path, report: Path, *options: str) -> list[str]:
    arguments = ("batch", str(folder), "--report", str(report), *options)
    return [sys.executable, "-m", "examiner", *arguments]


def run(folder: Path, report: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, report, *options),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def started(folder: Path, report: Path, *options: str) -> psutil.Popen:
    return psutil.Popen(
        command(folder, report, *options),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def at_work(process: psutil.Process) -> Iterator[psutil.Process]:
    """The processes that grade, under this one."""
    for child in process.children(recursive=True):
        try:
            if APART in child.cmdline():
                yield child
        except psutil.Error:
            continue


def has_results(report: Path) -> bool:
    return (report / FILE).exists()


def until(condition: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
