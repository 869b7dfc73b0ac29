"""What to ask in the interview: the follow-up questions of a kata that fit what came out.

They stand in the kata's README. The ones chosen share the rarest words with the tests that failed,
or with the whole task if none did. The same answer always gets the same questions.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dojo.questions import follow_ups
from examiner.model import StubResult

MOST = 3
CODE = re.compile(r"`(\w+)")
NAME = re.compile(r"^ *(?:class|def) (\w+)", re.MULTILINE)
WORD = re.compile(r"[a-z][a-z0-9]{3,}")
ENDINGS = ("ing", "ed", "es", "s")
EMPTY = frozenset(
    WORD.findall(
        "also been does each every from have here into like more much must only other over same "
        "some such than that their them then there these they this those want what when where "
        "which while will with would your"
    )
)


def questions_for(root: Path, kata: str, result: StubResult) -> list[str]:
    """Up to three follow-up questions for the interview, those that fit best first."""
    foreign = names_of_others(root, kata, result.stub)
    asked = [text for text in follow_ups(root, kata) if not foreign & set(CODE.findall(text))]
    words = [words_of(question) for question in asked]
    common = Counter(word for each in words for word in each)
    matter = words_of(" ".join(matters(result)))
    weights = [
        sum(1 / common[word] for word in sorted(each & matter)) / math.sqrt(len(each) or 1)
        for each in words  # the longer question is not the better one
    ]
    best = sorted(range(len(asked)), key=lambda i: (-weights[i], i))[:MOST]
    return [asked[i] for i in best]


def names_of_others(root: Path, kata: str, stub: str) -> set[str]:
    """What only other stubs of the kata define: a question on that is none for this one."""
    defined = {
        file.stem: {file.stem, *NAME.findall(file.read_text(encoding="utf-8"))}
        for file in sorted((root / "katas" / kata).glob("*.py"))
        if not file.stem.startswith("test_")
    }
    others = (names for name, names in defined.items() if name != stub)
    return set().union(*others) - defined.get(stub, set())


def matters(result: StubResult) -> Iterator[str]:
    """What the questions should be about."""
    yield result.title
    yield result.stub.replace("_", " ")
    yield from NAME.findall(result.source)
    failed = [test for test in result.tests if not test.verdict.passed]
    for test in failed or result.tests:
        yield test.verdict.sentence
        yield test.verdict.function.replace("_", " ")
        yield test.verdict.failure.idea if test.verdict.failure else ""
    yield from result.misconceptions
    yield from (probe.sentence for probe in result.probes if not probe.passed)


def words_of(text: str) -> set[str]:
    """The words that say something, without the usual endings."""
    return {stem(word) for word in WORD.findall(text.lower()) if word not in EMPTY}


def stem(word: str) -> str:
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 3), "")
    return word.removesuffix(ending)
