"""What the contract of a stub promises, and which reject breaks which promise.

A contract is the docstrings of a stub. Its promises are the sentences of its bullets and of what
stands under Args, Attributes, Returns, Raises and "Beyond the idea". A reject quotes the one that
it breaks: `breaks: "starts at 0"`.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.proof import Grader
from tests.prose import sentences

SECTION = re.compile(r"[A-Z][A-Za-z ]*:")
EXAMPLES = ("Example", "Examples")
NAMED = re.compile(r"^(?:\*{0,2}\w+(?: \([^)]*\))?(?:, )?)+: ")  # an argument, attribute or error
BREAKS = re.compile(r"^breaks:(.*?)(?=^fails:|^$|\Z)", re.MULTILINE | re.DOTALL)
Block = tuple[str, str]  # the section that it stands in, or none, and its text


def docstrings(file: Path) -> Iterator[str]:
    """Those of a module, its classes and its functions."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, kinds) and (doc := ast.get_docstring(node)):
            yield doc


def blocks(doc: str) -> Iterator[Block]:
    """Paragraphs, bullets and named entries, each in one line, without examples."""
    section, block = "", ""
    for line in [*inspect.cleandoc(doc).splitlines(), ""]:
        text, begins = line.strip(), line[:1].strip() != ""
        heading = begins and SECTION.fullmatch(text)
        if block and (not text or heading or begins_an_entry(line, section)):
            yield section, block
            block = ""
        if heading:
            section = text[:-1]
        elif begins and text[:1] != "-":
            section = ""
        if text and not heading:
            block = f"{block} {text}".strip()


def begins_an_entry(line: str, section: str) -> bool:
    text, indent = line.strip(), len(line) - len(line.lstrip())
    if text.startswith("- "):
        return True
    return section not in ("", "Returns", "Yields") and indent == 4 and bool(NAMED.match(text))


def prose(doc: str) -> Iterator[str]:
    """The paragraphs and bullets that are neither examples nor in a section."""
    for section, block in blocks(doc):
        if not section and not block.startswith((">>>", "...")):
            yield block


def promises(file: Path) -> list[str]:
    """The sentences of a stub's contract that have to be kept."""
    found = []
    for doc in docstrings(file):
        for section, block in blocks(doc):
            if section in EXAMPLES or not (section or block.startswith("- ")):
                continue
            text = NAMED.sub("", block.removeprefix("- "), count=1) if section else block[2:]
            found += sentences(text)
    return found


def broken(reject: Path) -> list[str]:
    """The promises that a reject says it breaks."""
    doc = ast.get_docstring(ast.parse(reject.read_text(encoding="utf-8"))) or ""
    said = BREAKS.search(doc)
    return [" ".join(quote.split()) for quote in re.findall(r'"([^"]+)"', said[1])] if said else []


def faults(grader: Grader) -> Iterator[str]:
    """Promises that no reject breaks, and rejects that break none."""
    made = promises(grader.kata.folder / f"{grader.stub.id}.py")
    quoted = {case.file.stem: broken(case.file) for case in grader.rejects()}
    yield from (f"no reject breaks: {promise}" for promise in unbroken(made, quoted.values()))
    for name, quotes in quoted.items():
        unknown = (quote for quote in quotes if not any(quote in promise for promise in made))
        yield from (f'{name}: nothing promises "{quote}"' for quote in unknown)
        if made and not quotes:
            yield f'{name}: its docstring has no line `breaks: "…"`'


def unbroken(made: Iterable[str], quoted: Iterable[list[str]]) -> list[str]:
    every = [quote for quotes in quoted for quote in quotes]
    return [promise for promise in made if not any(quote in promise for quote in every)]
