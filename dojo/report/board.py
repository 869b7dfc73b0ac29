"""What the learner sees after a run: the failures, the board, and the next thing to do."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

import pytest

from dojo.answers import AnswersFinder
from dojo.catalogue import Catalogue, Stub
from dojo.checkout import seen_from
from dojo.report.collected import Collected, Where
from dojo.report.failure import labelled
from dojo.report.hints import Hints, told
from dojo.report.judge import Judge
from dojo.report.known import mistakes, recognized
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
# Numbers, names of classes, what stands in quotes, and names of ops: dense_1/MatMul.
VARYING = re.compile(r"-?\b\d[\w.]*|\b[A-Z]\w*[a-z]\w*\b(?<!Error)|'[^']*'|\"[^\"]*\"|\w+(?:/\w+)+")
TEMPORARY = re.compile(r"\S*pytest-of-\S*")  # a folder of one test


@dataclass(frozen=True)
class Judged:
    """A stub with the verdicts on it: the idea, then what is beyond, as in its test file.

    Attributes:
        left: how many more tests it has, which were not chosen to run.
    """

    kata: str
    stub: Stub
    verdicts: list[Verdict]
    left: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.kata, self.stub.id

    def number(self, *words: str) -> int:
        return sum(verdict.word in words for verdict in self.verdicts)

    @property
    def done(self) -> bool:
        return self.number("passed", "skipped") == len(self.verdicts) + self.left

    @property
    def count(self) -> str:
        """How many tests have passed, in words: "idea 7 of 7, beyond 0 of 1"."""
        skipped, not_run = self.number("skipped"), self.number("not-run") + self.left
        count = "all passed" if self.done else self.count_by_level()
        count += f", {skipped} skipped" if skipped else ""
        return count + (f", {not_run} not run" if not_run else "")

    def count_by_level(self) -> str:
        ran = [verdict for verdict in self.verdicts if verdict.word != "skipped"]
        idea, beyond = ([v for v in ran if v.beyond == level] for level in (False, True))
        if not beyond or self.left:
            return f"{passed(ran)} of {len(ran) + self.left} passed"
        return f"idea {passed(idea)} of {len(idea)}, beyond {passed(beyond)} of {len(beyond)}"

    @property
    def wrong(self) -> list[Verdict]:
        """The tests that ran and did not pass."""
        return [v for v in self.verdicts if v.word not in ("passed", "skipped", "not-run")]


def in_order(verdict: Verdict) -> tuple[bool, int, str]:
    return verdict.beyond, verdict.line, verdict.test


def passed(verdicts: list[Verdict]) -> int:
    return sum(verdict.passed for verdict in verdicts)


def judged_of(
    catalogue: Catalogue,
    verdicts: Iterable[Verdict],
    tests: Mapping[Where, Collection[str]] = MappingProxyType({}),
) -> list[Judged]:
    """The stubs of which something is known, in the catalogue's order.

    Args:
        tests: by stub, the names of all its tests, where they are known.
    """
    by_stub: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_stub.setdefault((verdict.kata, verdict.stub), []).append(verdict)
    return [
        judged(kata.id, stub, by_stub[where], tests.get(where, ()))
        for kata in catalogue.katas.values()
        for stub in kata.stubs
        if (where := (kata.id, stub.id)) in by_stub
    ]


def judged(kata: str, stub: Stub, verdicts: list[Verdict], tests: Collection[str]) -> Judged:
    left = set(tests).difference(verdict.test for verdict in verdicts)
    return Judged(kata, stub, sorted(verdicts, key=in_order), len(left))


class Board:
    """A pytest plugin that collects the verdicts of kata tests and prints them at the end."""

    def __init__(
        self,
        config: pytest.Config,
        catalogue: Catalogue,
        finder: AnswersFinder,
        judge: Judge,
        collected: Collected,
    ):
        self.config, self.catalogue, self.finder, self.judge = config, catalogue, finder, judge
        self.collected = collected
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
        if not stubs or self.config.option.collectonly:
            return
        several = len({judged.kata for judged in stubs}) > 1
        option = self.config.option
        self.begun = option.verbose >= 0 or option.tbstyle != "no"  # pytest has said something
        told = option.hint or option.full or getattr(option, "instafail", False)
        if not told and not several:
            self.failures(stubs)
        if not option.hint:
            self.board(stubs, in_short=several or option.verbose < -1)
        if not told and several:
            self.failures([judged for judged in stubs if judged.wrong][:1], only_one=True)
        self.gap()
        self.next_step(stubs)
        self.ignored({judged.kata for judged in stubs})

    def judged(self) -> list[Judged]:
        return judged_of(self.catalogue, self.verdicts.all(), self.collected.tests)

    def failures(self, stubs: list[Judged], only_one: bool = False) -> None:
        for judged in stubs:
            groups: dict[object, list[Verdict]] = {}
            for verdict in judged.wrong:
                if verdict.failure and not verdict.unfinished:
                    groups.setdefault(alike(verdict), []).append(verdict)
            for group in list(groups.values())[: 1 if only_one else None]:
                first = next((v for v in group if v.failure and v.failure.idea), group[0])
                others = [verdict for verdict in group if verdict is not first]
                self.failure(judged.stub, first, [] if only_one else others)
            self.looks_like(judged)

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

    def looks_like(self, judged: Judged) -> None:
        """The known mistake that these failures are, if there is just one."""
        if judged.left or any(v.word == "not-run" or v.unfinished for v in judged.verdicts):
            return
        known = mistakes(self.catalogue.root, judged.kata, judged.stub.id)
        found = recognized(judged.wrong, known) if judged.wrong else []
        if len(found) == 1:
            self.gap()
            for line in labelled("looks like", found[0].sentence, self.width):
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
        beyond = False
        for verdict in verdicts:
            if verdict.beyond and not beyond:
                self.line("    beyond the idea")
            beyond = verdict.beyond
            word = "to do" if verdict.unfinished else verdict.word.replace("-", " ")
            self.write.write(f"    {word:<9}", **MARKUP.get(word, WRONG))
            which = verdict.parameters if sentences[verdict.sentence] > 1 else ""
            self.line(self.after(13, (verdict.sentence or "It can be imported.") + which))

    def next_step(self, stubs: list[Judged]) -> None:
        """The first test that failed, ideas first; else what has not run; else what is left."""
        of_kata = Counter(judged.kata for judged in stubs)
        whole = {k for k, ran in of_kata.items() if ran == len(self.catalogue.kata(k).stubs)}
        option = self.answers_option()
        wrong = [(verdict.beyond, judged, verdict) for judged in stubs for verdict in judged.wrong]
        if wrong:
            _, judged, verdict = min(wrong, key=itemgetter(0))
            self.advise(judged, verdict, judged.kata in whole)
            return
        if left := [judged for judged in stubs if not judged.done]:
            self.line("What ran has passed, and not all has run.")
            first = left[0]
            self.line(f"The rest of {first.stub.id}: pytest {self.test_file(first)}{option}")
            return
        self.line("Everything that ran has passed.", **MARKUP["passed"])
        for kata in of_kata:
            if kata not in whole:
                self.line(f"The rest of {kata}: pytest {self.argument(f'katas/{kata}')}{option}")
            elif not self.config.option.answers and (solved := self.solution(kata)).is_file():
                self.line(f"Compare with {self.seen(solved)}.")

    def advise(self, judged: Judged, verdict: Verdict, whole: bool) -> None:
        kata, stub = judged.kata, judged.stub
        file = verdict.failure.yours if verdict.failure else self.seen(f"katas/{kata}/{stub.id}.py")
        title = verdict.sentence or "Make the file importable."
        self.line(f"Next   {self.after(7, title)}", bold=True)
        self.line(f"       in      {file}")
        if self.config.option.hint:
            self.hint(stub, kata, verdict.function)
            return
        option = self.answers_option()
        alone = self.test_file(judged)
        self.line(f"       alone   pytest {alone}{option}")
        if stub.hints:  # a task may come without
            asked = self.argument(f"katas/{kata}") if whole else alone
            self.line(f"       stuck?  pytest {asked} --hint{option}")

    def answers_option(self) -> str:
        answers = self.config.option.answers
        return f" --answers={answers}" if answers else ""

    def test_file(self, judged: Judged) -> str:
        return self.argument(f"katas/{judged.kata}/test_{judged.stub.id}.py")

    def argument(self, file: str) -> str:
        """A file of the checkout, to be pasted behind a command where you stand."""
        return shlex.quote(self.seen(file))

    def seen(self, file: str | Path) -> str:
        """A file of the checkout, as it is called where you stand."""
        return seen_from(self.config.invocation_params.dir, self.catalogue.root / file)

    def solution(self, kata: str) -> Path:
        return self.catalogue.root / "solutions" / kata / "README.md"

    def hint(self, stub: Stub, kata: str, test: str) -> None:
        if not stub.hints:
            self.line(f"\nThere are no hints for {stub.id}.")
            return
        self.line()
        hints = Hints(self.config, again=self.config.option.hint == "first")
        for line in told(stub, test, hints.next(kata, stub, test), self.width):
            self.line(line)
        if not hints.counted:
            self.line("This is not counted, and comes again: pytest's cache cannot be written.")

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


def alike(verdict: Verdict) -> tuple[object, ...] | None:
    """Equal for failures that tell the learner the same: one exception, or one idea, in many tests.

    Another number, or the name of something else, makes no other exception of it.
    """
    failure = verdict.failure
    if not failure:
        return None
    if failure.expected == "no exception":
        return VARYING.sub("…", TEMPORARY.sub("", failure.seen)), failure.yours
    return failure.idea or (TEMPORARY.sub("", failure.seen), failure.called), failure.yours
