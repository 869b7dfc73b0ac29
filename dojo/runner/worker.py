"""In the child: run pytest, tell what happens, and end.

The child leads a process group of its own, so that it can be ended with all it has started.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import pytest
from _pytest import tmpdir

from dojo.limit import time_limit
from dojo.report.judge import LostError
from dojo.runner.messages import Job, receive, send

PR_SET_PDEATHSIG, SIGKILL = 1, 9  # linux/prctl.h


def run(job: Job, channel: Connection) -> NoReturn:
    """Run the job's pytest in this process and end the process."""
    status: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        settle(job)
        status = int(pytest.main(list(job.request.args), plugins=[Followed(job, channel)]))
        sys.stdout.flush()
        sys.stderr.flush()
        leave(channel, status)
    finally:
        os._exit(status)


def leave(channel: Connection, status: int) -> NoReturn:
    """Say how it ended, and end without TensorFlow's teardown, which takes a second."""
    send(channel, {"event": "end", "status": status, "peak_mb": peak_mb()})
    os._exit(status)


def settle(job: Job) -> None:
    """Working directory, environment, input and output as if pytest had been started here.

    Temporary files go to the job's folder: AutoGraph leaves its own behind in a process that
    is ended. pytest's stay where they would be, for the learner to look at.
    """
    if sys.platform != "win32":
        os.setsid()
    if sys.platform == "linux":  # never outlive the supervisor, however that ends
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(job.output, os.O_WRONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.chdir(job.request.cwd)
    os.environ.clear()
    os.environ.update(job.request.env)
    tempfile.tempdir = None
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    os.environ["TMPDIR"] = tempfile.tempdir = job.folder
    sys.argv = ["pytest", *job.request.args]


def peak_mb() -> float:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


class Followed:
    """A pytest plugin that asks before it runs something, and tells what came of it."""

    def __init__(self, job: Job, channel: Connection):
        self.job, self.channel = job, channel
        self.answer: dict[str, Any] = {}  # what to do about the test at hand

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        self.config = config
        if self.job.ahead:
            config.option.basetemp = None  # two must not empty the same folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> None:
        if not isinstance(collector, pytest.Module):
            return
        answer = self.claim(collector.nodeid, time_limit(self.config), exclusive=False)
        if answer["do"] == "lose":

            def collect() -> Iterator[pytest.Item]:
                raise LostError(answer["word"])

            collector.collect = collect  # type: ignore[method-assign]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.tell("report", id=report.nodeid, report=self.plain(report))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tell("collected", tests=len(session.items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Ahead: from the last test on, and never to the end of the session, which reports."""
        if self.job.ahead:
            items = session.items[::-1]
            for item, following in zip(items, [*items[1:], None], strict=True):
                self.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            tmpdir.pytest_sessionfinish(session, pytest.ExitCode.OK)  # or its lock stays for days
            leave(self.channel, 0)

    @pytest.hookimpl(specname="pytest_runtest_protocol", wrapper=True, tryfirst=True)
    def pytest_ask(self, item: pytest.Item) -> Iterator[None]:
        """Ask before pytest-timeout's clock is set: to wait for the other child is no test."""
        self.answer = self.claim(item.nodeid, time_limit(self.config, item), exclusive=True)
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        if self.answer["do"] in ("run", "lose"):
            return None
        for data in self.answer.get("reports", []):
            report = self.config.hook.pytest_report_from_serializable(config=self.config, data=data)
            item.ihook.pytest_runtest_logreport(report=report)
        item.session._setupstate.teardown_exact(nextitem)  # what an earlier test kept for this one
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        if self.answer["do"] == "lose":
            raise LostError(self.answer["word"])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tell("report", id=report.nodeid, report=self.plain(report))

    def plain(self, report: pytest.TestReport | pytest.CollectReport) -> Any:
        return self.config.hook.pytest_report_to_serializable(config=self.config, report=report)

    def claim(self, name: str, limit: float | None, exclusive: bool) -> dict[str, Any]:
        """Ask what to do about a test, or about a test file, which each child imports."""
        self.tell("claim", id=name, limit=limit, exclusive=exclusive)
        return receive(self.channel)

    def tell(self, event: str, **facts: Any) -> None:
        send(self.channel, {"event": event, **facts})
