"""What the tests of the lab have done in other processes, which import this module alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from dojo.expectation import ExpectationError
from lab.processes import Job, start

LONG = 60  # seconds: far more than a test waits


def double(number: float) -> tuple[float, int]:
    return 2 * number, os.getpid()


def look_up(name: str) -> str:
    return os.environ[name]


def fail(kind: str) -> None:
    if kind == "expectation":
        raise ExpectationError(called="f()", expected="1", seen="2", idea="Two is not one.")
    if kind == "unfinished":
        raise NotImplementedError
    raise type(kind, (Exception,), {})("this machine is on fire")


def die() -> None:
    os._exit(3)


def sleep(file: Path | None = None) -> None:
    """Sleep, and have a child that sleeps; first leave a file if one is named."""
    with subprocess.Popen([sys.executable, "-S", "-c", f"import time; time.sleep({LONG})"]):
        if file:
            file.touch()
        time.sleep(LONG)


def sleep_one_further() -> None:
    """Start a worker that sleeps, and wait for it."""
    start(Job(sleep)).process.join()
