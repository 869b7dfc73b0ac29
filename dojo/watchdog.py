"""Ends a run that hangs where no alarm reaches: in native code, or in code that catches all.

pytest-timeout interrupts Python. A loop inside TensorFlow does not return to Python, and no
signal is heard there; but another thread of this process can say what is known, and leave.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from types import TracebackType
from typing import Any

import pytest

from dojo.limit import GRACE, time_limit
from dojo.report.judge import LostError

LOOKS_EVERY = 0.2  # seconds


class Watchdog:
    """A pytest plugin with a thread that looks whether a test or an import is over its limit."""

    def __init__(self, config: pytest.Config):
        self.config = config
        self.node: pytest.Item | pytest.Collector | None = None
        self.deadline: float | None = None
        self.debugged = self.ended = False

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self.session, self.main = session, threading.get_ident()
        threading.Thread(target=self.look, daemon=True).start()

    def pytest_unconfigure(self) -> None:
        self.ended = True

    def pytest_enter_pdb(self) -> None:
        self.debugged = True  # whoever looks at a test with a debugger takes the time it takes

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        if not isinstance(collector, pytest.Module):
            return (yield)
        with self.watching(collector, time_limit(self.config)):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        with self.watching(item, time_limit(self.config, item)):
            return (yield)

    pytest_runtest_call = pytest_runtest_teardown = pytest_runtest_setup

    @contextlib.contextmanager
    def watching(self, node: pytest.Item | pytest.Collector, limit: float | None) -> Iterator[None]:
        self.node = node
        self.deadline = limit and time.monotonic() + limit + GRACE
        try:
            yield
        finally:
            self.deadline = None

    def look(self) -> None:
        while not self.ended:
            time.sleep(LOOKS_EVERY)
            if self.deadline and time.monotonic() > self.deadline and not self.debugged:
                try:
                    self.end_the_run()
                finally:
                    os._exit(pytest.ExitCode.TESTS_FAILED)

    def end_the_run(self) -> None:
        """Have the failure reported, and the session finished as if nothing more were to run."""
        if capture := self.config.pluginmanager.getplugin("capturemanager"):
            capture.suspend_global_capture(in_=True)
        assert self.node
        error = LostError("timeout").with_traceback(traceback_of(self.main))

        def hang() -> None:
            raise error

        if isinstance(self.node, pytest.Item):
            call = pytest.CallInfo.from_call(hang, when="call")
            report = self.node.ihook.pytest_runtest_makereport(item=self.node, call=call)
            self.node.ihook.pytest_runtest_logreport(report=report)
        else:
            self.node.collect = hang  # type: ignore[assignment]
            report = self.node.ihook.pytest_make_collect_report(collector=self.node)
            self.node.ihook.pytest_collectreport(report=report)
        if not hasattr(self.config, "workerinput"):  # with -n, the other process finishes
            status = self.session.exitstatus = pytest.ExitCode.TESTS_FAILED
            self.config.hook.pytest_sessionfinish(session=self.session, exitstatus=status)
        sys.stdout.flush()
        sys.stderr.flush()


def traceback_of(thread: int) -> TracebackType | None:
    """Where a thread is now, as the traceback of an exception that was raised there."""
    frame, found = sys._current_frames().get(thread), None
    while frame:
        found = TracebackType(found, frame, frame.f_lasti, frame.f_lineno or 0)
        frame = frame.f_back
    return found
