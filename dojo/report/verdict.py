"""What is known of one test after it ran: plain data that travels with pytest's report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pytest

from dojo.report.failure import Failure

WORDS = ("passed", "failed", "error", "timeout", "crashed", "not-run", "skipped")


@dataclass(frozen=True)
class Verdict:
    """`test` is empty when the whole stub could not be imported."""

    kata: str
    stub: str
    test: str = ""
    sentence: str = ""
    line: int = 0
    word: str = "not-run"
    failure: Failure | None = None

    @property
    def passed(self) -> bool:
        return self.word == "passed"

    @property
    def unfinished(self) -> bool:
        return self.failure is not None and self.failure.unfinished

    @property
    def parameters(self) -> str:
        """Of a parametrized test: " [2-True]", as pytest names it; else nothing."""
        _, bracket, rest = self.test.partition("[")
        return f" {bracket}{rest}" if bracket else ""

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Verdict:
        failure = data["failure"] and Failure(**data["failure"])
        return Verdict(**{**data, "failure": failure})


def attach(report: pytest.TestReport | pytest.CollectReport, verdict: Verdict) -> None:
    """Let `report` carry `verdict`, also from one process to another."""
    report.verdict = asdict(verdict)  # type: ignore[union-attr]


def attached(report: pytest.TestReport | pytest.CollectReport) -> Verdict | None:
    data = getattr(report, "verdict", None)
    return Verdict.from_dict(data) if data else None
