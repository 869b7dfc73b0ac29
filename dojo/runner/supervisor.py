"""Follow a run to its end, whatever the learner's code does to the process it runs in.

A Python loop is ended by pytest-timeout inside the child. A loop inside TensorFlow never
returns to Python, and `os._exit` or a segmentation fault leaves no Python to return to: then
the child is killed with all it has started, the test that was running gets its verdict, and
another child repeats what is known and judges the rest.
"""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

import pytest

from dojo.limit import GRACE
from dojo.report.verdict import Verdict, Verdicts
from dojo.runner.messages import Event, Job, Request, Result, receive

SILENCE = 120.0  # seconds without any event, outside of tests, until a child counts as hung
AFTER_INTERRUPT = 3.0  # seconds that a child has to end when the learner interrupts it
REPEAT = 20.0  # seconds for the child after that, which only says what is known
# What a message that the child's code has made up can lead to.
NO_EVENT = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Progress = Callable[[Event], None]
Afterwards = Callable[["Child", Result, str], None]


class Child(Protocol):
    """A process that runs a job and sends events on its channel."""

    channel: Connection

    def interrupt(self) -> None:
        """Let it know that the learner has pressed Ctrl-C."""

    def end(self) -> None:
        """Kill the process, if it still runs, and everything it has started."""


class Launcher(Protocol):
    """A way to have children whose imports are done."""

    def start(self, job: Job) -> Child: ...

    def refill(self) -> None:
        """Get ready for the next job; may take seconds."""


class AskerGoneError(Exception):
    """Nobody waits for the result any more."""


def supervise(
    request: Request,
    way: Launcher,
    progress: Progress = lambda event: None,
    asker: socket.socket | None = None,
    lifelines: Sequence[Any] = (),
    afterwards: Afterwards = lambda child, result, folder: None,
) -> Result:
    """Run `request` in as many children as it takes.

    Args:
        progress: called with {"event": "progress", "done": n, "tests": n, "verdicts": [...]}
            after each test, with the verdicts on it as plain data.
        asker: whoever waits for the result; what comes from there interrupts the run, and when
            it is closed from the other side, the run ends with AskerGoneError.
        lifelines: when one of them is closed from the other side, so does the run.
        afterwards: called with the last child before that is ended, the result and the folder.
    """
    began = time.monotonic()
    prefix = folders_of(os.getpid())
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        run = Run(request, folder, progress, asker, lifelines)
        while True:
            Path(run.job.output).write_bytes(b"")
            child = way.start(run.job)
            try:
                run.follow(child)
                if run.status is not None:
                    result = run.result(time.monotonic() - began)
                    afterwards(child, result, folder)
                    return result
            finally:
                child.end()


def folders_of(supervisor: int) -> str:
    """How the names of the temporary folders begin that belong to this process."""
    return f"tf-katas-{supervisor}-"


class Run:
    """What is known so far, over all children.

    Attributes:
        running: the test or test file that the child is at, or was at last.
        deadline: when the child counts as hung, in seconds of the monotonic clock.
        interrupted: whether the learner has pressed Ctrl-C.
        repeats: whether the child was started after that, to say what is known.
        status: pytest's exit status, as soon as there is one.
    """

    def __init__(
        self,
        request: Request,
        folder: str,
        progress: Progress,
        asker: socket.socket | None,
        lifelines: Sequence[Any],
    ) -> None:
        self.request, self.folder, self.progress = request, folder, progress
        self.asker, self.lifelines = asker, lifelines
        self.verdicts = Verdicts()
        self.reports: dict[str, list[Event]] = {}  # by test, as they came
        self.done: set[str] = set()  # tests of which all reports have come
        self.lost: dict[str, str] = {}
        self.running: str | None = None
        self.deadline: float | None = None
        self.interrupted = self.repeats = False
        self.tests = 0
        self.status: int | None = None
        self.peak_mb = 0.0
        self.remark = ""

    @property
    def job(self) -> Job:
        """What the next child has to do."""
        known = {test: self.reports[test] for test in self.done}
        return Job(self.request, self.folder, known, dict(self.lost), self.interrupted)

    def result(self, seconds: float) -> Result:
        assert self.status is not None
        printed = Path(self.job.output).read_text(encoding="utf-8", errors="replace")
        verdicts = self.verdicts.all()
        return Result(self.status, printed + self.remark, verdicts, seconds, self.peak_mb)

    def follow(self, child: Child) -> None:
        """Listen to one child until it has ended, or must be ended."""
        self.running, self.repeats = None, self.interrupted
        self.deadline = time.monotonic() + (REPEAT if self.repeats else SILENCE)
        asker = [self.asker] if self.asker else []
        while True:
            patience = self.deadline and max(0.0, self.deadline - time.monotonic())
            ready = wait([child.channel, *asker, *self.lifelines], patience)
            if not ready:
                self.lose("timeout")
                return
            if any(lifeline in ready for lifeline in self.lifelines):
                raise AskerGoneError
            if self.asker in ready:
                self.interrupt(child)
            if child.channel in ready:
                try:
                    self.hear(receive(child.channel))
                except (EOFError, OSError, *NO_EVENT):
                    self.lose("crashed")
                    return
                if self.status is not None:
                    return

    def hear(self, event: Event) -> None:
        kind = event["event"]
        if kind == "start":
            self.running = event["id"]
            self.wait_for(event["limit"] and event["limit"] + GRACE)
        elif kind == "collected":
            self.tests = event["tests"]
        elif kind == "report":
            self.take(event["id"], event["report"])
        elif kind == "end":
            self.peak_mb = event["peak_mb"]
            self.status = event["status"]

    def take(self, test: str, report: Event) -> None:
        self.reports.setdefault(test, []).append(report)
        if report.get("verdict") and report["outcome"] != "rerun":
            self.verdicts.add(Verdict.from_dict(report["verdict"]))
        if report.get("when") == "teardown" and report["outcome"] != "rerun":
            self.done.add(test)
            self.wait_for(SILENCE)
            said = [r["verdict"] for r in self.reports[test] if r.get("verdict")]
            count = {"done": len(self.done), "tests": self.tests}
            self.progress({"event": "progress", **count, "verdicts": said})

    def wait_for(self, seconds: float | None) -> None:
        """Let so much time pass from now until the child counts as hung."""
        if not self.interrupted:
            self.deadline = seconds and time.monotonic() + seconds

    def interrupt(self, child: Child) -> None:
        """The learner has pressed Ctrl-C: pytest ends by itself, unless native code holds it."""
        assert self.asker
        if not self.asker.recv(4096):
            raise AskerGoneError
        if not self.interrupted:
            self.wait_for(AFTER_INTERRUPT)
            self.interrupted = True
            child.interrupt()

    def lose(self, word: str) -> None:
        """Blame the test that was running, and go on without it; without one, give up."""
        if self.repeats:
            self.status = pytest.ExitCode.INTERRUPTED
        elif self.interrupted:
            self.forget(self.running)
        elif self.running and self.running not in self.lost:
            self.lost[self.running] = word
            self.done.discard(self.running)
            self.forget(self.running)
        else:
            self.status = pytest.ExitCode.INTERNAL_ERROR
            end = "hung" if word == "timeout" else "ended by itself"
            self.remark = f"\nThe process of the tests {end} outside of any test.\n"

    def forget(self, test: str | None) -> None:
        """Drop the reports of a test that has not come to its end."""
        if test and test not in self.done:
            self.reports.pop(test, None)
