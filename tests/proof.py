"""The proof of the graders: which cases there are, and what must be seen of each.

A case is one file put in a stub's place: the stub as shipped, the solution, an accept, a plain
answer of the idea alone, or a reject. All cases take a quarter of an hour, so there is a selection
that takes minutes: of the rejects one for each test, run at this test alone. Everything here is
plain functions over what was seen, so that the proof itself can be tested; `test_graders.py` runs
the cases and asks these functions.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.contract import tests_of
from dojo.report.known import CLAIM, VARIES, WHOLE_STUB, agrees, corpus, message
from dojo.report.verdict import Verdict
from dojo.runner.messages import Request, Result
from tests.foreign import add_foreign_modules

WIDTH = 96
LONGEST_MESSAGE = 14  # lines
FEWEST = {"accepts": 2, "ideas": 1, "rejects": 4}
# Plugins of pytest that no kata's test notices; to load all takes a tenth of a cheap case's time.
SPARED = (
    *("cacheprovider", "doctest", "faulthandler", "junitxml", "legacypath", "pastebin"),
    *("setuponly", "setupplan", "stepwise", "subtests", "threadexception", "unraisableexception"),
)
NO_CLAIM = "its docstring has no line `fails: test_name, …`"


@dataclass(frozen=True)
class Grader:
    """A stub with its test file, and the folder of its accepts and rejects."""

    root: Path
    kata: Kata
    stub: Stub

    def __str__(self) -> str:
        return f"{self.kata.id}-{self.stub.id}"

    @property
    def corpus(self) -> Path:
        return corpus(self.root, self.kata.id, self.stub.id)

    @property
    def test_file(self) -> Path:
        return self.kata.test_file(self.stub)

    def tests(self) -> set[str]:
        """The names of the test functions, without those that a CPU can prove nothing about."""
        return {name for name, test in tests_of(self.test_file).items() if not test.gpu}

    def beyond(self) -> set[str]:
        """The names of those that are beyond the idea."""
        return {name for name, test in tests_of(self.test_file).items() if test.beyond}

    def cases(self) -> Iterator[Case]:
        yield Case(self, "shipped", self.kata.folder / f"{self.stub.id}.py")
        yield Case(self, "solution", self.root / "solutions" / self.kata.id / f"{self.stub.id}.py")
        for kind in FEWEST:
            for file in sorted((self.corpus / kind).glob("*.py")):
                yield Case(self, kind, file)

    def rejects(self) -> Iterator[Case]:
        return (case for case in self.cases() if case.kind == "rejects")

    def selected_cases(self) -> Iterator[Case]:
        """Those that are proven in minutes: all but most rejects."""
        yield from (case for case in self.cases() if case.kind != "rejects")
        for test, case in sorted(self.rejects_of_one_test().items()):
            yield replace(case, only=test)

    def rejects_of_one_test(self) -> dict[str, Case]:
        """For each test the first reject, by name, that claims to fail there and nowhere else."""
        first: dict[str, Case] = {}
        for case in self.rejects():
            claimed = case.claimed()
            if claimed and len(claimed) == 1:
                first.setdefault(min(claimed), case)
        return first


@dataclass(frozen=True)
class Case:
    """`file` in the place of the grader's stub.

    Attributes:
        kind: says what must come out.
        only: the one test that is run; empty for all tests of the grader.
    """

    grader: Grader
    kind: str
    file: Path
    only: str = ""

    def __str__(self) -> str:
        return "-".join((str(self.grader), self.kind, self.file.stem))

    def tests(self) -> set[str]:
        """The tests that have to say something on it."""
        return {self.only} if self.only else self.grader.tests()

    @property
    def golden(self) -> Path:
        return self.grader.corpus / "messages" / f"{self.file.stem}.txt"

    def request(self, folder: Path) -> Request:
        """Judge the file as the only answer, in a folder of its own below `folder`.

        What the solution has beside it must not matter.
        """
        answers = folder / str(self)
        place = answers / self.grader.kata.id / f"{self.grader.stub.id}.py"
        place.parent.mkdir(parents=True)
        shutil.copyfile(self.file, place)
        if self.kind == "solution":
            add_foreign_modules(answers)
        spared = [f"-pno:{plugin}" for plugin in SPARED]
        tests = f"{self.grader.test_file}{'::' * bool(self.only)}{self.only}"
        args = [tests, f"--answers={answers}", *spared]
        plugins = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "pytest_timeout"}
        env = {**os.environ, **plugins, "CUDA_VISIBLE_DEVICES": "-1"}
        return Request(args, cwd=str(self.grader.root), env=env)

    def claimed(self) -> set[str] | None:
        """The tests that a reject's docstring says it fails; None if it says nothing."""
        line = CLAIM.search(self.file.read_text(encoding="utf-8"))
        if not line:
            return None
        names = {name.strip() for name in line[1].split(",")}
        return self.grader.tests() if names == {"all"} else names


def graders(root: Path) -> list[Grader]:
    katas = Catalogue(root).katas.values()
    return [Grader(root, kata, stub) for kata in katas for stub in kata.stubs]


def judged(result: Result) -> list[Verdict]:
    """The verdicts that say something: a skipped test is neither for nor against."""
    return [verdict for verdict in result.verdicts if verdict.word != "skipped"]


def not_passed(result: Result) -> set[str]:
    """The test functions that did not pass, in any of their parametrizations."""
    return {name_of(v) for v in judged(result) if not v.passed}


def name_of(verdict: Verdict) -> str:
    return verdict.function or WHOLE_STUB


def complaints(case: Case, result: Result) -> Iterator[str]:
    """What is wrong with the verdicts on one case; nothing for a grader that is right."""
    failed, tests = not_passed(result), case.tests()
    unseen = tests - {name_of(v) for v in judged(result)}
    if unseen and WHOLE_STUB not in failed:
        yield f"no verdict on {some(unseen)}"
    if case.kind == "shipped":
        yield from complaints_on_shipped(case, result, tests - failed)
    elif case.kind == "rejects":
        yield from complaints_on_reject(case, failed)
    elif wrong := failed - (case.grader.beyond() if case.kind == "ideas" else set()):
        yield f"{some(wrong)} should have passed:\n{message(result.verdicts)}"
    if failed and result.status == 0:
        yield "failing tests, but exit status 0"


def complaints_on_shipped(case: Case, result: Result, passed: set[str]) -> Iterator[str]:
    declared = set(case.grader.stub.passes_as_shipped)
    if passed - declared:
        yield f"{some(passed - declared)} passed on the stub as shipped"
    if declared - passed:
        yield f"kata.toml says that {some(declared - passed)} passes on the stub; it fails"
    for verdict in result.verdicts:
        failure = verdict.failure
        if failure and not failure.unfinished and not failure.expected:
            yield f"{verdict.test} fails on the stub without an expectation"
        if failure and len(list(failure.lines(WIDTH))) > LONGEST_MESSAGE:
            yield f"{verdict.test} says too much on the stub"


def complaints_on_reject(case: Case, failed: set[str]) -> Iterator[str]:
    claimed = case.claimed()
    if claimed is None:
        yield NO_CLAIM
    elif not failed:
        yield f"a wrong solution passed {case.only or 'every test'}"
    elif failed != claimed:
        yield f"failed {some(failed)}; its docstring says {some(claimed)}"


def unneeded(grader: Grader, failures: Iterable[set[str]]) -> set[str]:
    """The tests that no reject fails alone: without them the grader would be as good."""
    alone = {next(iter(failed)) for failed in failures if len(failed) == 1}
    return grader.tests() - alone


def unclear(grader: Grader) -> Iterator[str]:
    """What is wrong with the docstrings of the rejects, also of those that are not run."""
    for case in grader.rejects():
        claimed = case.claimed()
        if claimed is None:
            yield f"{case.file.stem}: {NO_CLAIM}"
        elif claimed - grader.tests():
            yield f"{case.file.stem}: there is no {some(claimed - grader.tests())}"


def too_few(grader: Grader) -> Iterator[str]:
    for kind, least in FEWEST.items():
        if kind == "ideas" and not grader.beyond():
            continue  # any accept is a plain answer then
        there = len(list((grader.corpus / kind).glob("*.py")))
        if there < least:
            yield f"{there} {kind}, at least {least} are needed"


def rerecorded(said: str, recorded: str) -> str:
    """What to record: `said`, in the recorded words where a line still agrees with them."""
    varying = [line for line in recorded.splitlines() if VARIES in line]
    lines = (next((v for v in varying if agrees(line, v)), line) for line in said.splitlines())
    return "\n".join(lines) + "\n"


def some(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
