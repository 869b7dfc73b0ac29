"""What a candidate does not get of a kata: sections of its README, hints, hidden tests."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from dojo.questions import SPOILERS

A_PART = "Your task has a part of this kata: the files that TASK.md lists."
HEADING = re.compile(r"(#+) (.*)")
TASK_OF = re.compile(r"`(\w+?)(?:\.py)?`")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
# The list would tell of hidden tests, and the others are there to be read.
LIST_OF_TESTS = re.compile(r"^The tests[^\n]*:\n\n(?:(?:\d+\.|-| {2,})[^\n]*\n)+\n?", re.MULTILINE)
TEST_FILE = re.compile(r"\btest_\w+\.py\b")


def readme(text: str, left_out: Collection[str], tests: Collection[str], hints: bool) -> str:
    """A kata's README without spoilers and lists of tests, and without what is not in the task.

    Args:
        left_out: stubs of the kata that are no part of the task.
        tests: the names of the test files that are.
        hints: whether there are any.
    """
    kept: list[str] = []
    below = 0  # the level of a heading that is left out with all that is under it
    for heading, line in outside_of_code(LIST_OF_TESTS.sub("", text)):
        level = len(heading[1]) if heading else 0
        if level and (not below or level <= below):
            below = level if is_left_out(str(heading and heading[2]), left_out) else 0
        if not below and not names_what_is_missing(line, tests, hints):
            kept.append(line)
    if left_out and kept:
        kept.insert(1, f"\n{A_PART}\n")
    return "".join(kept).rstrip() + "\n"


def outside_of_code(text: str) -> Iterator[tuple[re.Match[str] | None, str]]:
    """The lines, each with what it is as a heading: within a block of code, `#` is a comment."""
    code = False
    for line in text.splitlines(keepends=True):
        code ^= line.startswith("```")
        yield (None if code else HEADING.match(line)), line


def is_left_out(heading: str, stubs: Collection[str]) -> bool:
    return heading.strip() in SPOILERS or not stubs_of(heading).isdisjoint(stubs)


def stubs_of(heading: str) -> set[str]:
    """The stubs that a heading may name: "3. `counter`: a counter", or "(`returns.py`)"."""
    return set(TASK_OF.findall(heading))


def names_what_is_missing(line: str, tests: Collection[str], hints: bool) -> bool:
    """Whether the line is a command that would not work: those under "How to run" are."""
    if not line.startswith("pytest "):
        return False
    return (not hints and "--hint" in line) or any(
        name not in tests for name in TEST_FILE.findall(line)
    )


def images(text: str) -> Iterator[str]:
    """The relative targets of the images that a README shows."""
    for shows, _, target in LINK.findall(text):
        if shows and ":" not in target:
            yield target


def without_dead_links(text: str, folder: Path, root: Path) -> str:
    """Relative links that lead nowhere within `root` become plain text; images go."""

    def alive(link: re.Match[str]) -> str:
        shows, words, target = link.groups()
        path = Path(os.path.normpath(folder / target.split("#")[0]))
        if ":" in target or (path.is_relative_to(root) and path.exists()):
            return link[0]
        return "" if shows else words

    return LINK.sub(alive, text)


def without_tests(text: str, names: Collection[str]) -> str:
    """A test file without these functions, their decorators and the comments right above."""
    lines = text.split("\n")
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.FunctionDef) and node.name in names:
            begin, end = span(node, lines)
            del lines[begin:end]
    return "\n".join(lines).rstrip("\n") + "\n" if names else text


def span(node: ast.FunctionDef, lines: list[str]) -> tuple[int, int]:
    """The lines of a function, and the empty ones that follow it."""
    begin = min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1
    while begin and lines[begin - 1].startswith("#"):
        begin -= 1
    end = node.end_lineno or node.lineno
    while end < len(lines) and not lines[end].strip():
        end += 1
    return begin, end
