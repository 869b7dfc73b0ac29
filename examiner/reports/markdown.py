"""Markdown with texts of strangers in it: shown as they are, and obeyed in nothing.

A text of a submission goes into code, where Markdown, HTML, mentions and links mean nothing. What
is our own sentence goes through `plain`, which leaves backticks as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from examiner.reports.words import Reason, line, printable, title

SPECIAL = re.compile(r"([\\*_\[\]|~$]|:(?=//)|(?<=www)\.|^[-+=#]|(?<=^\d)[.)])")
CALLING = re.compile(r"([@#])(?=\w)")  # GitHub looks for people and issues in the finished page
MOST = 20  # reasons that are told, and tests that are named for one


def plain(text: str) -> str:
    """A sentence in which nothing but `code` is Markdown."""
    parts = line(text, 2000).split("`")
    if len(parts) % 2 == 0:  # a backtick that nothing closes
        parts = ["'".join(parts)]
    return "".join(code(p) if i % 2 else escaped(p) for i, p in enumerate(parts) if p or i % 2)


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return CALLING.sub("\\1\u200b", SPECIAL.sub(r"\\\1", text))


def code(text: str) -> str:
    """`text` as a span of code in one line."""
    text = line(text) or " "
    fence = "`" * (longest_run(text) + 1)
    padded = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{padded}{fence}"


def block(text: str) -> list[str]:
    """`text` as lines of code, between fences that it cannot close."""
    text = printable(text)
    fence = "`" * max(3, longest_run(text) + 1)
    return [f"{fence}text", *text.split("\n"), fence]


def longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def all_told(reasons: list[Reason]) -> Iterator[str]:
    """Why tests failed, up to a number that is read."""
    for reason in reasons[:MOST]:
        yield from told(reason)
    if len(reasons) > MOST:
        yield from (f"And {len(reasons) - MOST} more.", "")


def told(reason: Reason) -> Iterator[str]:
    """One reason: the tests that failed for it, and what they say."""
    for test in reason.tests[:MOST]:
        beyond = " (beyond the idea)" if test.beyond else ""
        yield f"- {plain(title(test))}{beyond}"
    if len(reason.tests) > MOST:
        yield f"- and {len(reason.tests) - MOST} more"
    yield ""
    parts = [(label, text) for label, text in reason.parts if label != "idea"]
    said = "\n".join(f"{label + ':':<10}{text}" for label, text in parts)
    where = f"\n{'yours:':<10}{reason.yours}" if reason.yours else ""
    yield from (f"  {each}" for each in block(said + where))
    yield ""
    for label, text in reason.parts:
        if label == "idea":
            yield from (f"  {plain(text)}", "")
