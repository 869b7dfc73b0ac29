"""How far a learner is: what the files and the last results say, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.checkout import seen_from
from dojo.contract import tests_of
from dojo.learner.names import LearnerError
from dojo.report.results import NOT_RUN, WHOLE_STUB, cache, files_now, read

GOOD = ("passed", "skipped")


@dataclass(frozen=True)
class Standing:
    """Of one stub.

    Attributes:
        words: as the learner reads it.
        idea: whether all tests of the idea have passed.
        done: whether all tests have.
    """

    kata: Kata
    stub: Stub
    words: str
    idea: bool = False
    done: bool = False

    @property
    def name(self) -> str:
        return f"{self.kata.id}/{self.stub.id}"

    @property
    def file(self) -> Path:
        return self.kata.folder / f"{self.stub.id}.py"

    @property
    def command(self) -> str:
        """The command for it, to be pasted where you stand."""
        return f"pytest {shlex.quote(seen_from(Path.cwd(), self.kata.test_file(self.stub)))}"


def standings(catalogue: Catalogue) -> list[Standing]:
    """Of all stubs, in order; raises LearnerError if there are none."""
    katas = catalogue.katas.values()
    if not katas:
        raise LearnerError(f"There are no katas in {catalogue.root}.")
    return [standing(catalogue.root, kata, stub) for kata in katas for stub in kata.stubs]


def standing(root: Path, kata: Kata, stub: Stub) -> Standing:
    record = read(cache(root), kata.id, stub.id)
    files = files_now(root, kata.id, stub.id)
    if record is None:
        return Standing(kata, stub, "not tried")
    if files is None or not record.fits(files):
        return Standing(kata, stub, "changed since")
    if WHOLE_STUB in record.tests:
        return Standing(kata, stub, "cannot be imported")
    return judged(kata, stub, record.tests)


def failing(root: Path, kata: Kata, stub: Stub) -> str:
    """The first test that failed in the last run, ideas first; empty if none is known."""
    record, beyond = read(cache(root), kata.id, stub.id), levels(kata.test_file(stub))
    words = record.tests if record else {}
    wrong = {function(test) for test, word in words.items() if word not in (*GOOD, NOT_RUN)}
    return next((test for test in sorted(beyond, key=beyond.__getitem__) if test in wrong), "")


def judged(kata: Kata, stub: Stub, words: dict[str, str]) -> Standing:
    """What the verdicts on the files as they are come to."""
    beyond = levels(kata.test_file(stub))
    ran = {function(test) for test in words}
    words = words | {name: NOT_RUN for name in beyond if name not in ran}
    left = [test for test, word in words.items() if word not in GOOD]
    passed = sum(word == "passed" for word in words.values())
    total = sum(word != "skipped" for word in words.values())
    if passed and not left:
        return Standing(kata, stub, "done", idea=True, done=True)
    if passed and all(beyond.get(function(test)) for test in left):
        return Standing(kata, stub, "idea passed, beyond open", idea=True)
    return Standing(kata, stub, f"{passed} of {total}")


def function(test: str) -> str:
    """The test function of `test_it[2-True]`."""
    return test.partition("[")[0]


def levels(test_file: Path) -> dict[str, bool]:
    """By test function, whether it goes beyond the idea; none if the file cannot be read."""
    try:
        return {name: test.beyond for name, test in tests_of(test_file).items()}
    except (OSError, ValueError, SyntaxError, RecursionError):
        return {}


def next_of(all_of_them: Iterable[Standing]) -> Standing | None:
    """What to do next: ideas first, in katas whose prerequisites are done, then what is beyond.

    A prerequisite is done when its ideas are; one that is not here, as in a task, does not count.
    """
    known = list(all_of_them)
    unready = {s.kata.id for s in known if not s.idea}
    ideas = [s for s in known if not s.idea]
    ready = [s for s in ideas if not unready.intersection(s.kata.prerequisites)]
    beyond = [s for s in known if not s.done]
    return next(iter(ready or ideas or beyond), None)
