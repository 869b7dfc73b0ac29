"""Follow a run to its end, whatever the learner's code does to the process it runs in.

A Python loop is ended by pytest-timeout inside the child. A loop inside TensorFlow never
returns to Python, and `os._exit` or a segmentation fault leaves no Python to return to: then
the child is killed with all it has started, the test that was running gets its verdict, and
another child judges the rest.

A child claims every test before it runs it. So a second child may run ahead, from the last
test on, and the first one, whose output is the run's, replays what it comes to.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

import pytest

from dojo.report.verdict import Verdict
from dojo.runner.messages import Job, Request, Result, receive, send

GRACE = 5.0  # seconds beyond a test's own limit until its process is killed
SILENCE = 120.0  # seconds without any event, outside of tests, until a child counts as hung

Event = dict[str, Any]
Progress = Callable[[Event], None]


class Child(Protocol):
    """A process that runs a job, sends events on its channel and gets answers there."""

    channel: Connection

    def end(self) -> None:
        """Kill the process, if it still runs, and everything it has started."""


class Launcher(Protocol):
    """A way to have children whose imports are done."""

    several: bool  # whether a second child can be had at once

    def start(self, job: Job) -> Child: ...

    def refill(self) -> None:
        """Get ready for the next job; may take seconds."""


class AskerGoneError(Exception):
    """Nobody waits for the result any more."""


def supervise(
    request: Request, way: Launcher, progress: Progress, asker: Connection | None = None
) -> Result:
    """Run `request` in as many children as it takes.

    Args:
        progress: called with {"event": "progress", "done": n, "tests": n} now and then.
        asker: when it is closed from the other side, the run ends with AskerGoneError.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tf-katas-", ignore_cleanup_errors=True) as folder:
        main = Job(request, folder)
        run = Run(main, way, progress, asker)
        try:
            run.begin(main)
            if request.cores > 1 and way.several:
                run.begin(Job(request, folder, ahead=True))
            while run.status is None:
                run.step()
        finally:
            for lane in list(run.lanes):
                run.end(lane)
        output = Path(main.output).read_text(encoding="utf-8", errors="replace") + run.remark
    seconds = time.monotonic() - began
    return Result(run.status, output, list(run.verdicts.values()), seconds, run.peak_mb)


@dataclass(eq=False)
class Lane:
    """A child at work.

    Attributes:
        running: the test or test file that it is at, or was at last.
        waiting: the test that it waits for, because the other child runs it.
        deadline: when it counts as hung, in seconds of the monotonic clock.
    """

    child: Child
    job: Job
    running: str | None = None
    waiting: str | None = None
    deadline: float | None = None


class Run:
    """What is known so far, over all children."""

    def __init__(
        self, main: Job, way: Launcher, progress: Progress, asker: Connection | None
    ) -> None:
        self.main, self.way, self.progress, self.asker = main, way, progress, asker
        self.lanes: list[Lane] = []
        self.verdicts: dict[tuple[str, str, str], Verdict] = {}
        self.reports: dict[str, list[Event]] = {}  # by test, as they came; complete in `done`
        self.claimed: set[str] = set()
        self.done: set[str] = set()
        self.lost: dict[str, str] = {}  # tests and files that took their child with them
        self.tests = 0
        self.status: int | None = None
        self.peak_mb = 0.0
        self.remark = ""

    def begin(self, job: Job) -> None:
        if not job.ahead:
            Path(job.output).write_bytes(b"")
        self.lanes.append(Lane(self.way.start(job), job, deadline=time.monotonic() + SILENCE))

    def end(self, lane: Lane) -> None:
        self.lanes.remove(lane)
        lane.child.end()
        lane.child.channel.close()

    def step(self) -> None:
        """Take what the children say, or end one that has been silent for too long."""
        deadlines = [lane.deadline for lane in self.lanes if lane.deadline]
        patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        lanes = {lane.child.channel: lane for lane in self.lanes}
        ready = wait([*lanes, *([self.asker] if self.asker else [])], patience)
        if self.asker in ready:
            raise AskerGoneError
        for channel, lane in lanes.items():
            if channel in ready:
                self.hear(lane)
            elif lane.deadline and lane.deadline <= time.monotonic():
                self.lose(lane, "timeout")
        for lane in self.lanes:
            if lane.waiting:
                self.answer(lane, lane.waiting)

    def hear(self, lane: Lane) -> None:
        try:
            event = receive(lane.child.channel)
            kind = event["event"]
            if kind == "claim":
                self.claim(lane, event)
            elif kind == "collected":
                self.tests = event["tests"]
            elif kind == "report":
                self.take(lane, event["id"], event["report"])
            elif kind == "end":
                self.peak_mb += event["peak_mb"]
                if not lane.job.ahead:
                    self.status = event["status"]
                self.end(lane)
        except (EOFError, OSError, ValueError):
            self.lose(lane, "crashed")

    def claim(self, lane: Lane, event: Event) -> None:
        """A child asks whether to run a test, or to import a test file."""
        limit = event["limit"]
        lane.deadline = limit and time.monotonic() + limit + GRACE
        if event["exclusive"] and event["id"] not in self.claimed | self.lost.keys():
            self.claimed.add(event["id"])
            lane.running = event["id"]
            send(lane.child.channel, {"do": "run"})
        elif event["exclusive"]:
            self.answer(lane, event["id"])
        elif word := self.lost.get(event["id"]):
            lane.running = None
            send(lane.child.channel, {"do": "lose", "word": word})
        else:
            lane.running = event["id"]
            send(lane.child.channel, {"do": "run"})

    def answer(self, lane: Lane, test: str) -> None:
        """What to do about a test that has been claimed before."""
        lane.running, lane.waiting = None, None
        if lane.job.ahead:
            send(lane.child.channel, {"do": "pass"})
        elif word := self.lost.get(test):
            send(lane.child.channel, {"do": "lose", "word": word})
        elif test in self.done:
            send(lane.child.channel, {"do": "replay", "reports": self.reports[test]})
        else:
            lane.waiting, lane.deadline = test, None

    def take(self, lane: Lane, test: str, report: Event) -> None:
        if report["$report_type"] == "TestReport" and lane.running == test:
            self.reports.setdefault(test, []).append(report)
        if report.get("verdict"):
            verdict = Verdict.from_dict(report["verdict"])
            key = (verdict.kata, verdict.stub, verdict.test)
            if key not in self.verdicts or self.verdicts[key].passed:
                self.verdicts[key] = verdict
        if report.get("when") == "teardown" and test not in self.done:
            self.done.add(test)
            self.progress({"event": "progress", "done": len(self.done), "tests": self.tests})

    def lose(self, lane: Lane, word: str) -> None:
        """Blame the test that was running, and go on without it; without one, give up."""
        self.end(lane)
        if lane.running:
            self.lost[lane.running] = word
            self.reports.pop(lane.running, None)
        elif not lane.job.ahead:
            self.status = pytest.ExitCode.INTERNAL_ERROR
            end = "hung" if word == "timeout" else "ended by itself"
            self.remark = f"\nThe process of the tests {end} outside of any test.\n"
        if not lane.job.ahead and self.status is None:
            self.begin(self.main)
