"""What the learner sees after a run: the failures, the board, and the next thing to do."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from dojo.answers import AnswersFinder
from dojo.catalogue import Catalogue, Stub
from dojo.report.failure import labelled
from dojo.report.hints import Hints, told
from dojo.report.judge import Judge
from dojo.report.verdict import Verdict, Verdicts, attached

MARKUP = {
    "passed": {"green": True},
    "to do": {"yellow": True},
    "skipped": {"light": True},
    "not run": {"light": True},
}
WRONG = {"red": True}
NARROWEST, WIDEST = 60, 110
NAMED = 5  # files of the answers that are no stubs
TEMPORARY = re.compile(r"\S*pytest-of-\S*")  # a folder of one test


@dataclass(frozen=True)
class Judged:
    """A stub with the verdicts on it, in the order of its test file."""

    kata: str
    stub: Stub
    verdicts: list[Verdict]

    def number(self, *words: str) -> int:
        return sum(verdict.word in words for verdict in self.verdicts)

    @property
    def done(self) -> bool:
        return self.number("passed", "skipped") == len(self.verdicts)

    @property
    def count(self) -> str:
        """How many tests have passed, in words."""
        skipped, not_run = self.number("skipped"), self.number("not-run")
        total = len(self.verdicts) - skipped
        count = "all passed" if self.done else f"{self.number('passed')} of {total} passed"
        count += f", {skipped} skipped" if skipped else ""
        return count + (f", {not_run} not run" if not_run else "")

    @property
    def wrong(self) -> list[Verdict]:
        """The tests that ran and did not pass."""
        return [v for v in self.verdicts if v.word not in ("passed", "skipped", "not-run")]


def judged_of(catalogue: Catalogue, verdicts: Iterable[Verdict]) -> list[Judged]:
    """The stubs of which something is known, in the catalogue's order."""
    by_stub: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_stub.setdefault((verdict.kata, verdict.stub), []).append(verdict)
    return [
        Judged(kata.id, stub, sorted(by_stub[kata.id, stub.id], key=lambda v: (v.line, v.test)))
        for kata in catalogue.katas.values()
        for stub in kata.stubs
        if (kata.id, stub.id) in by_stub
    ]


class Board:
    """A pytest plugin that collects the verdicts of kata tests and prints them at the end."""

    def __init__(
        self, config: pytest.Config, catalogue: Catalogue, finder: AnswersFinder, judge: Judge
    ):
        self.config, self.catalogue, self.finder, self.judge = config, catalogue, finder, judge
        self.verdicts = Verdicts()
        self.begun = False

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            self.add(self.judge.waiting(item))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.add(attached(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.add(attached(report))

    def add(self, verdict: Verdict | None) -> None:
        if verdict:
            self.verdicts.add(verdict)

    def pytest_terminal_summary(self) -> None:
        self.write = self.config.get_terminal_writer()
        self.width = max(NARROWEST, min(WIDEST, self.write.fullwidth - 1))
        stubs = self.judged()
        if not stubs:
            return
        several = len({judged.kata for judged in stubs}) > 1
        told = self.config.option.hint or self.config.option.full
        if not told and not several:
            self.failures(stubs)
        if not self.config.option.hint:
            self.board(stubs, in_short=several or self.config.option.verbose < -1)
        if not told and several:
            self.failures([judged for judged in stubs if judged.wrong][:1], only_one=True)
        self.gap()
        self.next_step(stubs)
        self.ignored({judged.kata for judged in stubs})

    def judged(self) -> list[Judged]:
        return judged_of(self.catalogue, self.verdicts.all())

    def failures(self, stubs: list[Judged], only_one: bool = False) -> None:
        for judged in stubs:
            groups: dict[object, list[Verdict]] = {}
            for verdict in judged.wrong:
                if verdict.failure and not verdict.unfinished:
                    groups.setdefault(alike(verdict), []).append(verdict)
            for first, *others in list(groups.values())[: 1 if only_one else None]:
                self.failure(judged.stub, first, [] if only_one else others)

    def failure(self, stub: Stub, first: Verdict, others: list[Verdict]) -> None:
        assert first.failure
        self.gap()
        title = first.sentence or "It can be imported."
        self.line(f"{stub.id}: {title}{first.parameters}", **WRONG)
        for line in first.failure.lines(self.width):
            self.line(line)
        for other in others:
            for line in labelled("likewise", other.sentence + other.parameters, self.width):
                self.line(line)

    def board(self, stubs: list[Judged], in_short: bool) -> None:
        for kata, group in groupby(stubs, key=lambda judged: judged.kata):
            self.gap()
            self.line(f"{kata}  {self.catalogue.kata(kata).title}", bold=True)
            for judged in group:
                self.stub(judged)
                if not (judged.done or in_short):
                    self.tests(judged.verdicts)

    def stub(self, judged: Judged) -> None:
        self.line(
            f"  {judged.stub.id:<22}{judged.count}", **(MARKUP["passed"] if judged.done else {})
        )

    def tests(self, verdicts: list[Verdict]) -> None:
        sentences = Counter(verdict.sentence for verdict in verdicts)
        for verdict in verdicts:
            word = "to do" if verdict.unfinished else verdict.word.replace("-", " ")
            self.write.write(f"    {word:<9}", **MARKUP.get(word, WRONG))
            which = verdict.parameters if sentences[verdict.sentence] > 1 else ""
            self.line(self.after(13, (verdict.sentence or "It can be imported.") + which))

    def next_step(self, stubs: list[Judged]) -> None:
        """The first test that failed; else what has not run; else what is left beside."""
        of_kata = Counter(judged.kata for judged in stubs)
        whole = {k for k, ran in of_kata.items() if ran == len(self.catalogue.kata(k).stubs)}
        for judged in stubs:
            if judged.wrong:
                self.advise(judged, judged.wrong[0], judged.kata in whole)
                return
        if any(judged.number("not-run") for judged in stubs):
            self.line("What ran has passed, and not all has run.")
            return
        self.line("Everything that ran has passed.", **MARKUP["passed"])
        option = self.answers_option()
        for kata in of_kata:
            if kata not in whole:
                self.line(f"The rest of {kata}: pytest katas/{kata}{option}")
            elif not self.config.option.answers and (solved := self.solution(kata)).is_file():
                self.line(f"Compare with {solved.relative_to(self.catalogue.root).as_posix()}.")

    def advise(self, judged: Judged, verdict: Verdict, whole: bool) -> None:
        kata, stub = judged.kata, judged.stub
        file = verdict.failure.yours if verdict.failure else f"katas/{kata}/{stub.id}.py"
        title = verdict.sentence or "Make the file importable."
        self.line(f"Next   {self.after(7, title)}", bold=True)
        self.line(f"       in      {file}")
        if self.config.option.hint:
            self.hint(stub, kata)
            return
        option = self.answers_option()
        alone = f"katas/{kata}/test_{stub.id}.py"
        self.line(f"       alone   pytest {alone}{option}")
        if stub.hints:  # a task may come without
            self.line(f"       stuck?  pytest {f'katas/{kata}' if whole else alone} --hint{option}")

    def answers_option(self) -> str:
        answers = self.config.option.answers
        return f" --answers={answers}" if answers else ""

    def solution(self, kata: str) -> Path:
        return self.catalogue.root / "solutions" / kata / "README.md"

    def hint(self, stub: Stub, kata: str) -> None:
        if not stub.hints:
            self.line(f"\nThere are no hints for {stub.id}.")
            return
        self.line()
        for line in told(stub, Hints(self.config).next(kata, stub), self.width):
            self.line(line)

    def ignored(self, katas: Iterable[str]) -> None:
        """One line about files in the answers that no test has looked at."""
        if files := self.finder.ignored(katas):
            more = f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
            named = f"{', '.join(files[:NAMED])}{more}"
            self.line(self.after(0, f"Not looked at, since no stub has this name: {named}"))

    def after(self, indent: int, text: str) -> str:
        """The text as it stands behind so many columns, in as many lines as it takes."""
        return f"\n{' ' * indent}".join(textwrap.wrap(text, self.width - indent))

    def gap(self) -> None:
        """An empty line between parts."""
        if self.begun:
            self.line()
        self.begun = True

    def line(self, text: str = "", **markup: bool) -> None:
        self.write.line(text, **markup)


def alike(verdict: Verdict) -> tuple[str, ...] | None:
    """Equal for failures that tell the learner the same: one exception, be it in several tests."""
    failure = verdict.failure
    if not failure:
        return None
    called = "" if failure.expected == "no exception" else failure.called
    return TEMPORARY.sub("", failure.seen), failure.yours, called
