"""Follow a run to its end, whatever the learner's code does to the process it runs in.

A Python loop is ended by pytest-timeout inside the child. A loop inside TensorFlow never
returns to Python, and `os._exit` or a segmentation fault leaves no Python to return to: then
the child is killed with all it has started, the test that was running gets its verdict, and
another child judges the rest.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

import pytest

from dojo.verdict import Verdict
from dojo.warm.run import Job, Request, Result, receive

GRACE = 5.0  # seconds beyond a test's own limit until its process is killed
SILENCE = 120.0  # seconds without any event, outside of tests, until a child counts as hung

Event = dict[str, Any]
Progress = Callable[[Event], None]


class Child(Protocol):
    """A process that runs a job and sends events on its channel."""

    channel: Connection

    def end(self) -> None:
        """Kill the process, if it still runs, and everything it has started."""


class AskerGoneError(Exception):
    """Nobody waits for the result any more."""


def supervise(
    request: Request,
    start: Callable[[Job], Child],
    progress: Progress,
    asker: Connection | None = None,
) -> Result:
    """Run `request` in as many children as it takes.

    Args:
        start: starts a child for a job.
        progress: called with {"event": "progress", "done": n, "tests": n} now and then.
        asker: when it is closed from the other side, the run ends with AskerGoneError.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tf-katas-") as folder:
        job = Job(request, str(Path(folder, "output")))
        run = Run(job, progress, asker)
        while run.status is None:
            Path(job.output).write_bytes(b"")
            child = start(job)
            try:
                run.follow(child)
            finally:
                child.end()
                child.channel.close()
        output = Path(job.output).read_text(encoding="utf-8", errors="replace") + run.remark
    seconds = time.monotonic() - began
    return Result(run.status, output, list(run.verdicts.values()), seconds, run.peak_mb)


class Run:
    """What is known so far, over all children."""

    def __init__(self, job: Job, progress: Progress, asker: Connection | None):
        self.job, self.progress, self.asker = job, progress, asker
        self.verdicts: dict[tuple[str, str, str], Verdict] = {}
        self.tests, self.done = 0, 0
        self.running: str | None = None
        self.status: int | None = None
        self.peak_mb = 0.0
        self.remark = ""

    def follow(self, child: Child) -> None:
        """Take events until the child has ended or has to be ended."""
        self.running, deadline, self.done = None, SILENCE, 0
        while self.status is None:
            ready = wait([c for c in (child.channel, self.asker) if c], deadline)
            if self.asker in ready:
                raise AskerGoneError
            if not ready:
                return self.lose("timeout")
            try:
                event = receive(child.channel)
            except (EOFError, OSError, ValueError):
                return self.lose("crashed")
            self.take(event)
            if event["event"] == "running":
                deadline = event["limit"] and event["limit"] + GRACE
        return None

    def take(self, event: Event) -> None:
        kind = event["event"]
        if kind == "running":
            self.running = event["id"]
        elif kind == "collected":
            self.tests = event["tests"]
        elif kind == "report":
            self.judge(event["id"], event["report"])
        elif kind == "end":
            self.status, self.peak_mb = event["status"], event["peak_mb"]

    def judge(self, test: str, report: dict[str, Any]) -> None:
        if report["$report_type"] == "TestReport" and test not in self.job.lost:
            kept = self.job.reports.setdefault(test, [])
            if report not in kept:
                kept.append(report)
        if report.get("verdict"):
            verdict = Verdict.from_dict(report["verdict"])
            key = (verdict.kata, verdict.stub, verdict.test)
            if key not in self.verdicts or self.verdicts[key].passed:
                self.verdicts[key] = verdict
        if report.get("when") == "call":
            self.done += 1
            self.progress({"event": "progress", "done": self.done, "tests": self.tests})

    def lose(self, word: str) -> None:
        """Blame the test that was running; without one, give up."""
        if self.running is None or self.running in self.job.lost:
            self.status = pytest.ExitCode.INTERNAL_ERROR
            end = "hung" if word == "timeout" else "ended by itself"
            self.remark = f"\nThe process of the tests {end} outside of any test.\n"
            return
        self.job.lost[self.running] = word
        self.job.reports.pop(self.running, None)
