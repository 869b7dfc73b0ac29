"""One line on a terminal that says how far a run is; elsewhere nothing."""

from __future__ import annotations

import os
import sys
import time

import pytest


class StatusLine:
    def __init__(self) -> None:
        self.shown = 0
        self.on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def count(self, done: int, tests: int) -> None:
        self.write(f"{done} of {tests} tests")

    def write(self, text: str) -> None:
        if self.on:
            sys.stderr.write("\r" + text.ljust(self.shown))
            sys.stderr.flush()
            self.shown = len(text)

    def clear(self) -> None:
        self.write("")
        if self.on:
            sys.stderr.write("\r")
            sys.stderr.flush()


class Progress:
    """A pytest plugin that keeps the status line of a run in this process.

    Args:
        counts: whether it counts tests; where something else is printed for each, it does not.
    """

    def __init__(self, counts: bool) -> None:
        self.counts = counts
        self.line = StatusLine()
        self.tests = self.done = 0
        self.imports = 0.0  # seconds

    def pytest_collection(self) -> None:
        self.began = time.monotonic()
        self.line.write("Importing TensorFlow, which takes some seconds…")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.imports = time.monotonic() - self.began
        self.tests = len(session.items)
        self.line.clear()
        self.count()

    def pytest_runtest_logfinish(self) -> None:
        self.done += 1
        if self.tests:  # with -n, other processes know how many there are
            self.count()

    def count(self) -> None:
        if self.counts:
            self.line.count(self.done, self.tests)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self.line.clear()

    def pytest_unconfigure(self) -> None:
        if self.imports > 1 and sys.stdout.isatty():
            spared = f"{self.imports:.0f} s less from the next run on"
            print(f"`dojo warm` keeps TensorFlow imported: {spared}.")
