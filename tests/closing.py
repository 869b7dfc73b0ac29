"""What a run of the repository's own tests says at its end: its time, and what was not proven.

All of it is taken from the reports, which also come in from other processes (`-n`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof import graders

PROOF = "tests/test_graders.py"
VERDICTS = f"{PROOF}::test_verdicts"
PARTS = {
    "facts": ("tests/facts/",),
    "lab": ("tests/lab/",),
    "proof": (PROOF, "tests/test_proof.py"),
    "dojo": ("tests/dojo/",),
    "examiner": ("tests/examiner/", "tests/attacks/"),
}
SLOWEST = 10
SECONDS = "seconds"  # a property of a report: what a case took, which ran beside others


class Closing:
    """A pytest plugin: keeps account, and has the last word."""

    def __init__(self, root: Path, everything: bool):
        self.root, self.everything = root, everything
        self.seconds: dict[str, float] = {}
        self.judged: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Without set-up: that of the first test is the start of the warm process."""
        if report.when != "call":
            return
        name, _, case = report.nodeid.partition("[")
        waits = name.startswith(PROOF)
        took = dict(report.user_properties).get(SECONDS, 0.0) if waits else report.duration
        self.seconds[report.nodeid] = float(took)  # type: ignore[arg-type]
        if name == VERDICTS:
            self.judged.add(case.rstrip("]"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # the outermost: after pytest's own last line
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        yield
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter and not session.config.option.collectonly:
            reporter.ensure_newline()
            for line in self.lines(asks_for_the_proof(session.config, self.root)):
                reporter.write_line(line)

    def lines(self, proof: bool) -> Iterator[str]:
        slowest = sorted(self.seconds.items(), key=lambda item: -item[1])[:SLOWEST]
        yield from (f"{took:6.1f} s  {name}" for name, took in slowest if took >= 1)
        total = Counter[str]()
        for name, took in self.seconds.items():
            total[part_of(name)] += took
        yield "Seconds in tests: " + ", ".join(f"{part} {took:.0f}" for part, took in total.items())
        if proof:
            yield self.not_proven()

    def not_proven(self) -> str:
        cases = {str(case): case for grader in graders(self.root) for case in grader.cases()}
        kinds = Counter(cases[name].kind for name in self.judged)
        left = len(cases) - len(self.judged)
        if self.everything and not left:
            return f"All {len(cases):,} cases were run."
        alone = 0 if self.everything else kinds["rejects"]
        partly = f" and {alone:,} only at the test that they name" if alone else ""
        ran = f"{left:,} of {len(cases):,} cases were not run{partly}"
        return f"{ran}; all of them: pytest tests --all"


def part_of(name: str) -> str:
    return next((part for part, places in PARTS.items() if name.startswith(places)), "others")


def asks_for_the_proof(config: pytest.Config, root: Path) -> bool:
    """Whether the proof lies in what pytest was asked for; `-k` and `-n` do not matter."""
    proof = root / PROOF
    asked = ((root / argument.split("::")[0]).resolve() for argument in config.args)
    return any(proof.is_relative_to(path) for path in asked)
