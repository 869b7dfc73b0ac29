"""What the learner sees after a run: the failures, the board, and the next thing to do."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from dojo.catalogue import Catalogue, Stub
from dojo.report.failure import labelled
from dojo.report.hints import Hints
from dojo.report.verdict import Verdict, attached

MARKUP = {"passed": {"green": True}, "to do": {"yellow": True}, "skipped": {"light": True}}
WRONG = {"red": True}
NARROWEST, WIDEST = 60, 110
TEMPORARY = re.compile(r"\S*pytest-of-\S*")  # a folder of one test


class Board:
    """A pytest plugin that collects the verdicts of kata tests and prints them at the end."""

    def __init__(self, config: pytest.Config, catalogue: Catalogue):
        self.config, self.catalogue = config, catalogue
        self.seen: dict[tuple[str, str, str], Verdict] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.add(attached(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.add(attached(report))

    def add(self, verdict: Verdict | None) -> None:
        if verdict:
            key = (verdict.kata, verdict.stub, verdict.test)
            if key not in self.seen or self.seen[key].passed:  # a teardown may still fail
                self.seen[key] = verdict

    def pytest_terminal_summary(self) -> None:
        self.write = self.config.get_terminal_writer()
        self.width = max(NARROWEST, min(WIDEST, self.write.fullwidth - 1))
        stubs = self.by_stub()
        if not stubs:
            return
        if not (self.config.option.hint or self.config.option.full):
            self.failures(stubs)
        if not self.config.option.hint:
            self.board(stubs)
            self.line()
        self.next_step(stubs)

    def by_stub(self) -> list[tuple[Stub, str, list[Verdict]]]:
        """Stub, kata and verdicts in the catalogue's order, tests in the file's order."""
        order = [(kata.id, stub) for kata in self.catalogue.katas.values() for stub in kata.stubs]
        found = []
        for kata, stub in order:
            verdicts = [v for v in self.seen.values() if (v.kata, v.stub) == (kata, stub.id)]
            if verdicts:
                found.append((stub, kata, sorted(verdicts, key=lambda v: (v.line, v.test))))
        return found

    def failures(self, stubs: list[tuple[Stub, str, list[Verdict]]]) -> None:
        for stub, _, verdicts in stubs:
            wrong: dict[object, list[Verdict]] = {}
            for verdict in verdicts:
                if verdict.failure and not verdict.unfinished:
                    wrong.setdefault(alike(verdict), []).append(verdict)
            for first, *others in wrong.values():
                self.line()
                title = first.sentence or "It can be imported."
                self.line(f"{stub.id}: {title}{first.parameters}", **WRONG)
                assert first.failure
                for line in first.failure.lines(self.width):
                    self.line(line)
                for other in others:
                    for line in labelled("likewise", other.sentence + other.parameters, self.width):
                        self.line(line)

    def board(self, stubs: list[tuple[Stub, str, list[Verdict]]]) -> None:
        for kata, group in groupby(stubs, key=lambda entry: entry[1]):
            self.line()
            self.line(f"{kata}  {self.catalogue.kata(kata).title}", bold=True)
            for stub, _, verdicts in group:
                self.stub(stub, verdicts)

    def stub(self, stub: Stub, verdicts: list[Verdict]) -> None:
        passed, skipped = (sum(v.word == word for v in verdicts) for word in ("passed", "skipped"))
        done = passed + skipped == len(verdicts)
        count = "all passed" if done else f"{passed} of {len(verdicts) - skipped} passed"
        count += f", {skipped} skipped" if skipped else ""
        self.line(f"  {stub.id:<22}{count}", **(MARKUP["passed"] if done else {}))
        if not done and self.config.option.verbose > -2:
            sentences = Counter(verdict.sentence for verdict in verdicts)
            for verdict in verdicts:
                word = "to do" if verdict.unfinished else verdict.word
                self.write.write(f"    {word:<9}", **MARKUP.get(word, WRONG))
                which = verdict.parameters if sentences[verdict.sentence] > 1 else ""
                self.line(self.after(13, (verdict.sentence or "It can be imported.") + which))

    def next_step(self, stubs: list[tuple[Stub, str, list[Verdict]]]) -> None:
        for stub, kata, verdicts in stubs:
            for verdict in verdicts:
                if not verdict.passed and verdict.word != "skipped":
                    ran = sum(other == kata for _, other, _ in stubs)
                    whole = ran == len(self.catalogue.kata(kata).stubs)
                    alone = f"katas/{kata}/test_{stub.id}.py"
                    self.advise(stub, kata, verdict, alone, f"katas/{kata}" if whole else alone)
                    return
        self.line("Everything that ran has passed.", **MARKUP["passed"])
        for kata in sorted({kata for _, kata, _ in stubs}):
            ran = sum(other == kata for _, other, _ in stubs)
            if ran < len(self.catalogue.kata(kata).stubs):
                self.line(f"The rest of {kata}: pytest katas/{kata}")
            elif not self.config.option.answers and (solved := self.solution(kata)).is_file():
                self.line(f"Compare with {solved.relative_to(self.config.rootpath).as_posix()}.")

    def advise(self, stub: Stub, kata: str, verdict: Verdict, alone: str, ran: str) -> None:
        file = verdict.failure.yours if verdict.failure else f"katas/{kata}/{stub.id}.py"
        title = verdict.sentence or "Make the file importable."
        self.line(f"Next   {self.after(7, title)}", bold=True)
        self.line(f"       in      {file}")
        if self.config.option.hint:
            self.hint(stub, kata)
        else:
            answers = self.config.option.answers
            option = f" --answers {answers}" if answers else ""
            self.line(f"       alone   pytest {alone}{option}")
            self.line(f"       stuck?  pytest {ran} --hint{option}")

    def solution(self, kata: str) -> Path:
        return self.config.rootpath / "solutions" / kata / "README.md"

    def hint(self, stub: Stub, kata: str) -> None:
        number, hint = Hints(self.config).next(kata, stub)
        last = ", the last one" if number == len(stub.hints) else ""
        self.line(f"\nHint {number} of {len(stub.hints)} for {stub.id}{last}")
        for line in hint.strip().splitlines():
            self.line(textwrap.fill(line, self.width, initial_indent="  ", subsequent_indent="  "))

    def after(self, indent: int, text: str) -> str:
        """The text as it stands behind so many columns, in as many lines as it takes."""
        return f"\n{' ' * indent}".join(textwrap.wrap(text, self.width - indent))

    def line(self, text: str = "", **markup: bool) -> None:
        self.write.line(text, **markup)


def alike(verdict: Verdict) -> tuple[str, ...] | None:
    """Equal for failures that tell the learner the same: one exception, be it in several tests."""
    failure = verdict.failure
    if not failure:
        return None
    called = "" if failure.expected == "no exception" else failure.called
    return TEMPORARY.sub("", failure.seen), failure.yours, called
