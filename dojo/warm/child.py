"""In the child: run pytest, tell what happens, and end.

The child leads a process group of its own, so that it can be ended with all it has started.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import pytest

from dojo.judge import LostError
from dojo.limit import time_limit
from dojo.warm.run import Job, send

PR_SET_PDEATHSIG, SIGKILL = 1, 9  # linux/prctl.h


def run(job: Job, channel: Connection) -> NoReturn:
    """Run the job's pytest in this process and end the process."""
    status: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        settle(job)
        status = int(pytest.main(list(job.request.args), plugins=[Followed(job, channel)]))
        sys.stdout.flush()
        sys.stderr.flush()
        send(channel, {"event": "end", "status": status, "peak_mb": peak_mb()})
    finally:
        os._exit(status)


def settle(job: Job) -> None:
    """Working directory, environment, input and output as if pytest had been started here."""
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
    sys.argv = ["pytest", *job.request.args]


def peak_mb() -> float:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


class Followed:
    """A pytest plugin that sends events and replays what earlier children have found out."""

    def __init__(self, job: Job, channel: Connection):
        self.job, self.channel = job, channel

    def pytest_configure(self, config: pytest.Config) -> None:
        self.config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> None:
        if word := self.job.lost.get(collector.nodeid):

            def collect() -> Iterator[pytest.Item]:
                raise LostError(word)

            collector.collect = collect  # type: ignore[method-assign]
        elif isinstance(collector, pytest.Module):
            self.tell("running", id=collector.nodeid, limit=time_limit(self.config))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.tell("report", id=report.nodeid, report=self.plain(report))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tell("collected", tests=len(session.items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        if item.nodeid in self.job.lost or item.nodeid not in self.job.reports:
            self.tell("running", id=item.nodeid, limit=time_limit(self.config, item))
            return None
        for data in self.job.reports[item.nodeid]:
            report = self.config.hook.pytest_report_from_serializable(config=self.config, data=data)
            item.ihook.pytest_runtest_logreport(report=report)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if word := self.job.lost.get(item.nodeid):
            raise LostError(word)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tell("report", id=report.nodeid, report=self.plain(report))

    def plain(self, report: pytest.TestReport | pytest.CollectReport) -> Any:
        return self.config.hook.pytest_report_to_serializable(config=self.config, report=report)

    def tell(self, event: str, **facts: Any) -> None:
        send(self.channel, {"event": event, **facts})
