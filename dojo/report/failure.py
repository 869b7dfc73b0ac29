"""What a failing test says: called, expected, seen, idea, and where.

A Failure is plain data, made where the test runs and printed where the learner looks.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dojo.answers import line_in
from dojo.checkout import seen_from
from dojo.errortext import essence
from dojo.expectation import ExpectationError

LONGEST = 400  # characters of one part; learners' objects may print megabytes
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
USER_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\w+)')


@dataclass(frozen=True)
class Places:
    """How files are called: by a path that can be opened where you stand."""

    root: Path
    here: Path

    def name(self, file: Path, line: int | None = None) -> str:
        file = file.parent.resolve() / file.name  # which may itself be a link, out of the checkout
        inside = file.is_relative_to(self.root)
        shown = seen_from(self.here, file) if inside else file.as_posix()
        return f"{shown}:{line}" if line else shown


PLACES = ("test", "yours")


@dataclass(frozen=True)
class Failure:
    """One failed test, ready to be printed; every part is plain text without control characters."""

    called: str = ""
    expected: str = ""
    seen: str = ""
    idea: str = ""
    test: str = ""
    yours: str = ""
    printed: str = ""
    unfinished: bool = False

    def lines(self, width: int) -> Iterator[str]:
        """The lines shown to the learner, wrapped to `width` columns."""
        for name, text in asdict(self).items():
            if name != "unfinished" and text:
                yield from labelled(name, text, width, whole_words=name in PLACES)


def labelled(label: str, text: str, width: int, whole_words: bool = False) -> Iterator[str]:
    """`text` under `label`, every line wrapped and aligned; a path that is cut cannot be opened."""
    indent, first = " " * 13, f"  {label:<11}"
    for line in text.splitlines():
        yield from textwrap.wrap(
            line,
            max(width, 40),
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=not whole_words,
            break_on_hyphens=not whole_words,
        )
        first = indent


def explain(error: BaseException, stub: Path, test: Path, places: Places, idea: str) -> Failure:
    """Put `error`, raised while a test ran, in the learner's words.

    Args:
        error: what ended the test.
        stub: the file that was imported as the learner's.
        test: the test file.
        places: how files are called.
        idea: what the test itself says about the idea behind it.
    """
    where_test = places.name(test, line_in(test, error, innermost=False))
    own = own_frame(error, stub)
    yours = places.name(stub, own)
    if isinstance(error, ExpectationError):
        return Failure(
            called=clean(error.called),
            expected=clean(error.expected),
            seen=clean(error.seen),
            idea=clean(idea if error.idea is None else error.idea),
            test=where_test,
            yours=yours,
            unfinished=error.unfinished,
        )
    if isinstance(error, NotImplementedError) and own and not essence(str(error)):
        return Failure(seen="NotImplementedError", test=where_test, yours=yours, unfinished=True)
    return Failure(
        called=clean(source_line(error, test)),
        expected="no exception",
        seen=clean(f"{type(error).__name__}: {essence(str(error))}".rstrip(": ")),
        test=where_test,
        yours=yours,
    )


def own_frame(error: BaseException, stub: Path) -> int | None:
    """The line of the learner's file that `error` came through, the innermost."""
    line = line_in(stub, error)
    if line is None:  # AutoGraph keeps the learner's frames only in the text of the error
        told = f"{error}{error.__cause__ or ''}"
        frames = [int(n) for file, n, _ in USER_FRAME.findall(told) if file == str(stub)]
        line = frames[-1] if frames else None
    return line


def source_line(error: BaseException, file: Path) -> str:
    """The statement of the test at which `error` came out of the learner's code."""
    number = line_in(file, error)
    if number is None:
        return ""
    return file.read_text(encoding="utf-8").splitlines()[number - 1].strip()


def clean(text: str) -> str:
    """Without control characters, and no longer than a reader bears; a word is never cut."""
    text = CONTROL.sub("", text)
    if len(text) <= LONGEST:
        return text
    words = text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
    return f"{words} … ({len(text)} characters)"


def sentence_and_idea(function: Any) -> tuple[str, str]:
    """What a test's docstring says: its first line, and the rest of it as one paragraph."""
    doc = inspect.getdoc(function) or function.__name__.replace("_", " ")
    first, _, rest = doc.partition("\n")
    return first.strip(), " ".join(rest.split())
