"""Plain English, as far as a program can tell: docs/writing-a-kata.md has the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 25  # words of a sentence
LONGEST_README = 1000  # words before "Documentation"
LONGEST_CONTRACT = 120  # words of a stub's docstrings, without examples and sections

END = re.compile(r"(?<=[.!?])[\"'”)*_`]*\s+(?=[\"'“(*_`\[]*[A-Z`0-9])")
HEADINGS = ("How to run", "The tasks", "Documentation", "Follow-up questions", "What holds today")


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph."""
    return [part for part in END.split(" ".join(text.split())) if part]


def words(text: str) -> int:
    """How many words there are; what stands in backticks is one."""
    text = re.sub(r"`[^`]*`", "code", text)
    return len(re.findall(r"[^\s/]*\w[^\s/]*", text))


def too_long(text: str) -> list[str]:
    """The sentences that are longer than a reader bears."""
    return [sentence for sentence in sentences(text) if words(sentence) > LONGEST]


def tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def headings(page: Path, tag: str = "h2") -> list[str]:
    parsed = tokens(page)
    return [
        parsed[place + 1].content
        for place, token in enumerate(parsed)
        if token.type == "heading_open" and token.tag == tag
    ]


def paragraphs(page: Path) -> Iterator[str]:
    """What is read as sentences: no headings, tables, blocks of code or targets of links."""
    before, in_table = "", False
    for token in tokens(page):
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
        if token.type == "inline" and before != "heading_open" and not in_table:
            yield plain(token)
        before = token.type


def plain(inline: Token) -> str:
    parts = {"softbreak": " ", "hardbreak": ". "}
    texts = []
    for child in inline.children or ():
        if child.type == "code_inline":
            texts.append(f"`{child.content}`")
        elif child.type == "text":
            texts.append(child.content)
        texts.append(parts.get(child.type, ""))
    return "".join(texts)


def words_before(page: Path, heading: str) -> int:
    """The words of a page before a heading, with those of its tables and headings."""
    text = page.read_text(encoding="utf-8").partition(f"\n## {heading}")[0]
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return words(re.sub(r"\]\([^)]*\)", "]", text))
