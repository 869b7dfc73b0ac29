"""Words that several reports share, and texts made fit to print.

What comes out of a submission may hold anything: escapes for terminals, characters that turn the
direction of text around so that code reads as what it is not, megabytes in a line. A report shows
that such a character is there, and never passes it on.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dojo.report.board import alike
from dojo.report.failure import Failure
from examiner.model import Grading, ProbeResult, StubResult, TestResult

LONGEST = 20_000  # characters of one text
WIDEST = 400  # characters of one line
MOST_LINES = 1500
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TROUBLES = {
    "error": "The test could not run: ",
    "timeout": "It did not end in time: ",
    "crashed": "The process crashed: ",
    "not-run": "It has not run: ",
}
NOTHING_SAID = {
    "failed": "It failed and did not say why.",
    "error": "The test could not run.",
    "timeout": "It did not end in time.",
    "crashed": "The process crashed.",
    "not-run": "It has not run.",
    "skipped": "It was skipped, which is not passed.",
}


def printable(text: str, longest: int = LONGEST) -> str:
    """`text` without what a page or a terminal might obey, and cut where nobody reads on."""
    rest = len(text) - longest
    text = "".join(map(shown, text[:longest].replace("\r\n", "\n").replace("\r", "\n")))
    text = "\n".join(map(cut, text.split("\n")))
    return f"{text} … ({rest} more characters)" if rest > 0 else text


def line(text: str, longest: int = WIDEST) -> str:
    """`text` in one printable line."""
    return " ".join(printable(text, longest).split())


def shown(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of a control character
    broken = code & 0xFFFE == 0xFFFE or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    return "\ufffd" if broken or character in TURNING else character


def cut(text: str) -> str:
    """A line, no longer than a reader bears."""
    return text if len(text) <= WIDEST else f"{text[:WIDEST]} … ({len(text)} characters)"


@dataclass(frozen=True)
class Reason:
    """Why some tests have failed: several that fail for one reason are told once."""

    word: str
    failure: Failure | None
    tests: tuple[TestResult, ...]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What was called, expected and seen, and the idea; as (label, text)."""
        f = self.failure
        if f is None:
            return [("seen", NOTHING_SAID.get(self.word, self.word))]
        seen = TROUBLES.get(self.word, "") + f.seen
        if f.unfinished:
            seen = f"not finished: {f.seen}"
        told = [("called", f.called), ("expected", f.expected), ("seen", seen), ("idea", f.idea)]
        return [(label, printable(text, 2000)) for label, text in told if text]

    @property
    def yours(self) -> str:
        """The line of the candidate's file, if it is known."""
        _, _, number = (self.failure.yours if self.failure else "").rpartition(":")
        return f"line {number}" if number.isdecimal() else ""


def reasons(tests: Iterable[TestResult]) -> list[Reason]:
    """The failures among `tests`, grouped by what they say, in the order of the first of each."""
    groups: dict[object, list[TestResult]] = {}
    for test in tests:
        if not test.verdict.passed:
            groups.setdefault((test.verdict.word, alike(test.verdict)), []).append(test)
    return [
        Reason(found[0].verdict.word, telling(found), tuple(found)) for found in groups.values()
    ]


def telling(tests: list[TestResult]) -> Failure | None:
    """The failure that stands for those of `tests`: one that explains, if there is one."""
    failures = [test.verdict.failure for test in tests if test.verdict.failure]
    first = next(iter(failures), None)
    return next((failure for failure in failures if failure.idea), first)


def title(test: TestResult) -> str:
    """A test in words, with the values of its parameters."""
    return line(test.verdict.sentence or test.verdict.test) + line(test.verdict.parameters, 120)


def score(passed_and_tests: tuple[int, int]) -> str:
    passed, tests = passed_and_tests
    return f"{passed} of {tests}" if tests else "none"


def share(passed_and_tests: tuple[int, int]) -> int:
    """In percent."""
    passed, tests = passed_and_tests
    return 100 * passed // tests if tests else 0


def probes_passed(probes: list[ProbeResult]) -> tuple[int, int]:
    return sum(probe.passed for probe in probes), len(probes)


def state(stub: StubResult) -> str:
    """How far a task has come, in a word or two."""
    idea, ideas = stub.count(False)
    passed = idea + stub.count(True)[0]
    if not stub.file:
        return "not sent in"
    if not stub.changed:
        return "not changed"
    if stub.full:
        return "complete"
    if ideas and idea == ideas:
        return "idea complete"
    return "in part" if passed else "not solved"


STATES = ("complete", "idea complete", "in part", "not solved", "not changed", "not sent in")


def headline(grading: Grading) -> str:
    """The submission in a sentence."""
    count = Counter(map(state, grading.stubs))
    parts = [f"{count[each]} {each}" for each in STATES if count[each]]
    number = len(grading.stubs)
    return f"{number} {'task' if number == 1 else 'tasks'}: {', '.join(parts) or 'none graded'}."
