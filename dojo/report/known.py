"""Known mistakes: what their tests said, and whether a failing answer is one of them.

Each stub has a folder of rejects, `tests/graders/qNN/<stub>/rejects`, with a recorded message
each. An exported take-home has none: there, nothing is known.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from dojo.report.verdict import Verdict

WHOLE_STUB = "the import"
VARIES = "<varies>"
CLAIM = re.compile(r"^fails: *(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """A reject.

    Attributes:
        file: the wrong answer.
        sentence: the misconception, the first line of the file's docstring.
        fails: the tests that its docstring names; empty for all.
        recorded: what the failing tests said.
    """

    file: Path
    sentence: str
    fails: frozenset[str]
    recorded: str


def corpus(root: Path, kata: str, stub: str) -> Path:
    """The folder of a stub's accepts, rejects and messages."""
    return root / "tests" / "graders" / kata / stub


def mistakes(root: Path, kata: str, stub: str) -> list[Mistake]:
    """The known mistakes of a stub, by name."""
    folder = corpus(root, kata, stub)
    return [
        read(file, folder / "messages" / f"{file.stem}.txt")
        for file in sorted((folder / "rejects").glob("*.py"))
    ]


def read(file: Path, golden: Path) -> Mistake:
    text = file.read_text(encoding="utf-8")
    try:
        doc = ast.get_docstring(ast.parse(text)) or ""
    except SyntaxError:  # a mistake that cannot be imported
        doc = ""
    recorded = golden.read_text(encoding="utf-8") if golden.is_file() else ""
    return Mistake(file, " ".join(doc.split("\n\n")[0].split()), claimed(text), recorded)


def claimed(text: str) -> frozenset[str]:
    """The tests that a reject says it fails; empty if it says that all do."""
    line = CLAIM.search(text)
    names = {name.strip() for name in line[1].split(",")} if line else {"all"}
    return frozenset(names - {"all"})


def recognized(verdicts: Iterable[Verdict], known: Iterable[Mistake]) -> list[Mistake]:
    """The mistakes whose failing tests and messages are exactly these."""
    said = message(verdicts)
    told = [mistake for mistake in known if mistake.sentence and mistake.recorded]
    return [mistake for mistake in told if agrees(said, mistake.recorded)]


def message(verdicts: Iterable[Verdict]) -> str:
    """What the failing tests say, without what changes from machine to machine."""
    parts = []
    for verdict in sorted(verdicts, key=lambda v: (v.line, v.test)):
        if verdict.failure:
            failure = verdict.failure
            told = asdict(failure)
            said = ((label, told[label]) for label in ("called", "expected", "seen", "idea"))
            lines = [f"  {label:<10}{text}" for label, text in said if text]
            parts.append("\n".join([verdict.test or WHOLE_STUB, *lines]))
    return steady("\n\n".join(parts)) + "\n"


def steady(text: str) -> str:
    """Numbers to three digits, no temporary folders, addresses or ports, no lengths of texts."""
    text = re.sub(r"/\S*?(pytest-of|tf-katas|answers)[^\s'\",]*", "<folder>", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "<address>", text)
    text = re.sub(r"(?<=127\.0\.0\.1:)\d+", "<port>", text)
    text = re.sub(r"… \(\d+ characters\)", "…", text)
    return re.sub(r"-?\d+\.\d+(e[+-]?\d+)?", lambda m: f"{float(m[0]):.3g}", text)


def agrees(said: str, recorded: str) -> bool:
    """Whether `said` is the recorded message.

    A person may put `<varies>` into a recorded line, for what differs from run to run: the op
    that failed first of several at work side by side, or random numbers of the reject's own.
    """
    pattern = ".*".join(map(re.escape, recorded.split(VARIES)))
    return re.fullmatch(pattern, said) is not None
