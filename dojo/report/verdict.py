"""What is known of one test after it ran: plain data that travels with pytest's report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pytest

from dojo.report.failure import Failure


@dataclass(frozen=True)
class Verdict:
    """The verdict on one test.

    Attributes:
        test: its name; empty when the whole stub could not be imported.
        sentence: what it proves, in words.
        line: where it stands in its file.
        beyond: whether it is beyond the idea of its stub.
        word: passed, failed, error, timeout, crashed, not-run or skipped.
    """

    kata: str
    stub: str
    test: str = ""
    sentence: str = ""
    line: int = 0
    beyond: bool = False
    word: str = "not-run"
    failure: Failure | None = None

    @property
    def passed(self) -> bool:
        return self.word == "passed"

    @property
    def unfinished(self) -> bool:
        return self.failure is not None and self.failure.unfinished

    @property
    def function(self) -> str:
        """The test function, without the parameters of this run of it."""
        return self.test.partition("[")[0]

    @property
    def parameters(self) -> str:
        """Of a parametrized test: " [2-True]", as pytest names it; else nothing."""
        _, bracket, rest = self.test.partition("[")
        return f" {bracket}{rest}" if bracket else ""

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Verdict:
        failure = data["failure"] and Failure(**data["failure"])
        return Verdict(**{**data, "failure": failure})


class Verdicts:
    """One verdict per test, from all that was said about it."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, str], Verdict] = {}

    def add(self, verdict: Verdict) -> None:
        """A test that has passed may still fail in its teardown; what has failed stays so."""
        key = (verdict.kata, verdict.stub, verdict.test)
        if key not in self.known or self.known[key].word in ("passed", "not-run"):
            self.known[key] = verdict

    def all(self) -> list[Verdict]:
        return list(self.known.values())


def attach(report: pytest.TestReport | pytest.CollectReport, verdict: Verdict) -> None:
    """Let `report` carry `verdict`, also from one process to another."""
    report.verdict = asdict(verdict)  # type: ignore[union-attr]


def attached(report: pytest.TestReport | pytest.CollectReport) -> Verdict | None:
    """The verdict that a report carries; none if the test is going to be tried once more."""
    data = getattr(report, "verdict", None)
    outcome: str = report.outcome  # pytest-rerunfailures has one more
    return Verdict.from_dict(data) if data and outcome != "rerun" else None
