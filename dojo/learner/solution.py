"""`dojo solution`: what sets an answer apart from the solution, and the reasons for that one."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from dojo.catalogue import Catalogue
from dojo.learner.names import LearnerError, find
from dojo.learner.standing import Standing, standing
from dojo.learner.terminal import paint

DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def solution(catalogue: Catalogue, name: str, peek: bool) -> Iterator[str]:
    """The lines of a unified diff, and the section of the solution's README.

    Raises:
        LearnerError: there is none, or it is too early.
    """
    root = catalogue.root
    kata, stub = find(catalogue, name)
    if stub is None:
        example = f"{kata.id}/{kata.stubs[0].id}"
        raise LearnerError(f"Name one stub of {kata.id}, as `dojo solution {example}`.")
    mine = standing(root, kata, stub)
    solved = root / "solutions" / kata.id / mine.file.name
    if not (root / "solutions").is_dir():
        raise LearnerError("There are no solutions in this checkout.")
    if not (mine.idea or peek):
        raise LearnerError(too_early(mine))
    yield from differences(root, mine.file, solved)
    yield ""
    yield from reasons(root, solved.with_name("README.md"), stub.id)


def too_early(mine: Standing) -> str:
    said = {"not tried": "not tried yet", "changed since": "changed since its last run"}
    words = said.get(mine.words, mine.words)
    return (
        f"{mine.name}: {words}. Pass its idea first ({mine.command}), or look anyway: "
        f"dojo solution {mine.name} --peek"
    )


def differences(root: Path, mine: Path, solved: Path) -> Iterator[str]:
    yours, ours = (file.relative_to(root).as_posix() for file in (mine, solved))
    before, after = (undocumented(read(file)).splitlines() for file in (mine, solved))
    lines = list(difflib.unified_diff(before, after, yours, ours, lineterm=""))
    if not lines:
        yield f"{yours} and {ours} are the same."
    for number, line in enumerate(lines):
        heads = number < 2
        line = "@@" if line.startswith("@@") else line  # its numbers leave out docstrings
        yield paint(line, None if heads else COLOURS.get(line[:1]), bold=heads)


def undocumented(text: str) -> str:
    """Without docstrings: the contract stands in the stub alone, and would fill the diff."""
    try:
        found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED)]
    except (SyntaxError, ValueError):
        return text
    lines = text.splitlines()
    dropped = set[int]()
    for node in found:
        if ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            dropped |= set(range(first.lineno - 1, first.end_lineno or first.lineno))
    after = {number + 1 for number in dropped} - dropped
    dropped |= {number for number in after if lines[number : number + 1] == [""]}
    return "\n".join(line for number, line in enumerate(lines) if number not in dropped)


def reasons(root: Path, page: Path, stub: str) -> Iterator[str]:
    """The section of the README about a stub; where there is none, where to look."""
    text = section(read(page), stub) if page.is_file() else ""
    if text:
        yield from text.splitlines()
    elif page.is_file():
        yield f"For the reasons, see {page.relative_to(root).as_posix()}."


def section(text: str, stub: str) -> str:
    """What stands under the stub's name: a heading, or the bold first words of a paragraph."""
    name = rf"`?{re.escape(stub)}(?:\.py)?`?"
    forms = (rf"^## {name}.*?(?=^## |\Z)", rf"^\*\*{name}\.\*\*.*?(?=\n\n|\Z)")
    found = (re.search(form, text, re.MULTILINE | re.DOTALL) for form in forms)
    return next((match[0].strip() for match in found if match), "")


def read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise LearnerError(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise LearnerError(f"{file} is no text in UTF-8.") from None
