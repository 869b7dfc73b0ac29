"""In the child: run pytest, tell what happens, and end.

The child leads a process group of its own, so that it can be ended with all it has started.
"""

from __future__ import annotations

import json
import os
import pdb
import signal
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import pytest

from dojo.limit import time_limit
from dojo.report.judge import LostError
from dojo.runner.messages import Job, send


def run(job: Job, channel: Connection) -> NoReturn:
    """Run the job's pytest in this process and end the process."""
    status: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        lead_a_group()
        settle(job)
        status = judge(job, channel)
    finally:
        os._exit(status)  # TensorFlow's teardown takes time, and there is nothing to save


def judge(job: Job, channel: Connection) -> int:
    """Run the job's pytest; its exit status."""
    status = int(pytest.main(list(job.request.args), plugins=[Followed(job, channel)]))
    sys.stdout.flush()
    sys.stderr.flush()
    send(channel, {"event": "end", "status": status, "peak_mb": peak_mb()})
    return status


def lead_a_group() -> None:
    """Let this process be ended with all that it starts; signals do what they usually do."""
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def settle(job: Job) -> None:
    """Working directory, environment, input and output as if pytest had been started here.

    Temporary files go to the job's folder: AutoGraph leaves its own behind in a process that
    is ended. pytest's stay where they would be, for the learner to look at.
    """
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(job.output, os.O_WRONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.chdir(job.request.cwd)
    os.environ.clear()
    os.environ.update(job.request.env)
    tempfile.tempdir = None
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    os.environ["TMPDIR"] = tempfile.tempdir = job.folder
    sys.path[:] = job.request.path
    sys.argv = ["pytest", *job.request.args]


def peak_mb() -> float:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def is_plain(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


class NoTerminalError(BaseException):
    """Raised by a breakpoint: no `except Exception` of the learner's hides it."""


def no_terminal(*_: object, **__: object) -> NoReturn:
    raise NoTerminalError(
        "a breakpoint stops only in a run of its own: add -s to the command, or stop the warm "
        "process with `dojo warm stop`"
    )


class Followed:
    """A pytest plugin that tells what is about to run and what came of it.

    What an earlier child has told is repeated from its reports, and comes first.
    """

    __name__ = "supervised"  # pytest knows the plugin by it

    def __init__(self, job: Job, channel: Connection):
        self.job, self.channel = job, channel

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_sessionstart(self) -> None:
        sys.breakpointhook = pdb.set_trace = no_terminal

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> None:
        if not isinstance(collector, pytest.Module):
            return
        self.tell("start", id=collector.nodeid, limit=time_limit(self.config))
        if word := self.job.lost.get(collector.nodeid):

            def collect() -> Iterator[pytest.Item]:
                raise LostError(word)

            collector.collect = collect  # type: ignore[method-assign]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.tell("report", id=report.nodeid, report=self.plain(report))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: item.nodeid not in self.job.known)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tell("collected", tests=len(session.items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        known = self.job.known.get(item.nodeid)
        if known is None:
            if self.job.interrupted:
                raise KeyboardInterrupt
            self.tell("start", id=item.nodeid, limit=time_limit(self.config, item))
            return None
        for data in known:
            report = self.config.hook.pytest_report_from_serializable(config=self.config, data=data)
            item.ihook.pytest_runtest_logreport(report=report)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if word := self.job.lost.get(item.nodeid):
            raise LostError(word)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid not in self.job.known:
            self.tell("report", id=report.nodeid, report=self.plain(report))

    def plain(self, report: pytest.TestReport | pytest.CollectReport) -> dict[str, Any]:
        """Without what other plugins have added that JSON has no word for, such as sets."""
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        return {name: value for name, value in data.items() if is_plain(value)}

    def tell(self, event: str, **facts: Any) -> None:
        send(self.channel, {"event": event, **facts})
