"""From what pytest saw of a kata's test to a verdict."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dojo.answers import StubError
from dojo.report.failure import Failure, Places, clean, explain, sentence_and_idea
from dojo.report.longrepr import longrepr
from dojo.report.verdict import Verdict, attach

PRINTED = 380  # characters of the learner's own output shown with a failure: the last ones
TIMEOUT = re.compile(r"Timeout \(>([\d.]+)s\)")
MISSING_NAME = re.compile(r"cannot import name '(\w+)'")


END = {"timeout": "no end", "crashed": "the whole process ended"}


class LostError(Exception):
    """Stands for a test or an import that took its process with it: timeout or crashed."""

    def __init__(self, word: str):
        super().__init__(END[word])
        self.word = word


class Judge:
    """A pytest plugin that attaches a verdict to the reports of the katas' tests.

    Args:
        tracebacks: whether reports keep them, and do not say in our words what failed.
    """

    def __init__(self, places: Places, answers: Path, tracebacks: bool):
        self.places, self.answers, self.tracebacks = places, answers, tracebacks

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        where = self.kata_and_stub(collector.path)
        if where and report.failed:
            error = report.call.excinfo.value
            failure = self.import_failure(error, self.stub_file(*where))
            word = error.word if isinstance(error, LostError) else "error"
            attach(report, Verdict(*where, word=word, failure=failure))
            self.shorten(report, failure)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        where = self.kata_and_stub(item.path)
        if where and (report.when == "call" or not report.passed):
            verdict = self.verdict(item, call, report, *where)
            attach(report, verdict)
            self.shorten(report, verdict.failure)
        return report

    def waiting(self, item: pytest.Item) -> Verdict | None:
        """The verdict on a kata's test that has not run."""
        where = self.kata_and_stub(item.path)
        return self.not_run(item, *where) if where else None

    def not_run(self, item: pytest.Item, kata: str, stub: str) -> Verdict:
        """What is known of a test before it runs."""
        function: Any = getattr(item, "function", None)
        sentence, _ = sentence_and_idea(function)
        beyond = item.get_closest_marker("beyond") is not None
        return Verdict(kata, stub, item.name, sentence, function.__code__.co_firstlineno, beyond)

    def verdict(
        self,
        item: pytest.Item,
        call: pytest.CallInfo[None],
        report: pytest.TestReport,
        kata: str,
        stub: str,
    ) -> Verdict:
        idea = sentence_and_idea(getattr(item, "function", None))[1]
        word: str = report.outcome if report.when == "call" or report.skipped else "error"
        failure = None
        if report.failed and call.excinfo:
            error = call.excinfo.value
            failure = explain(error, self.stub_file(kata, stub), item.path, self.places, idea)
            if isinstance(error, LostError):
                word = error.word
            if late := TIMEOUT.search(str(error)):
                word = "timeout"
            if word in END:
                limit = f"an end within {float(late[1]):g} s" if late else "a test that ends"
                failure = replace(failure, expected=limit, seen=END[word])
            failure = replace(failure, printed=clean(ending(report.capstdout.strip())))
        return replace(self.not_run(item, kata, stub), word=word, failure=failure)

    def import_failure(self, error: BaseException, stub: Path) -> Failure:
        if isinstance(error, StubError):
            return Failure(
                expected="a file that can be imported",
                seen=clean(error.reason),
                yours=self.places.name(error.stub, error.line),
            )
        if isinstance(error, LostError):
            return Failure(
                expected="a file that can be imported",
                seen=f"{END[error.word]} while it was imported",
                yours=self.places.name(stub),
            )
        if missing := MISSING_NAME.search(str(error)):
            return Failure(
                expected=f"a definition of {missing[1]}, which the tests import",
                seen=f"no {missing[1]} in the file",
                yours=self.places.name(stub),
            )
        return Failure(
            expected="a test file that can be imported",
            seen=clean(str(error).strip().splitlines()[-1]),
            yours=self.places.name(stub),
        )

    def shorten(
        self, report: pytest.TestReport | pytest.CollectReport, failure: Failure | None
    ) -> None:
        if failure and not self.tracebacks:
            report.longrepr = longrepr(failure)

    def kata_and_stub(self, test: Path) -> tuple[str, str] | None:
        """("q09", "running_total") for katas/q09/test_running_total.py, else None."""
        katas = self.places.root / "katas"
        if test.suffix != ".py" or not test.name.startswith("test_"):
            return None
        if test.parent.parent.resolve() != katas:  # pytest follows no link
            return None
        return test.parent.name, test.stem.removeprefix("test_")

    def stub_file(self, kata: str, stub: str) -> Path:
        own = self.answers / kata / f"{stub}.py"
        return own if own.is_file() else self.places.root / "katas" / kata / f"{stub}.py"


def ending(text: str) -> str:
    return text if len(text) <= PRINTED else f"… {text[-PRINTED:]}"
