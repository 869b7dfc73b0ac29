"""What an interviewer might ask next: the follow-up questions in a kata's README."""

from __future__ import annotations

import re
from pathlib import Path

# Sections of a README: what an interviewer may ask, and what answers the quick check.
SPOILERS = ("Follow-up questions", "What holds today")
SPOILED = re.compile(rf"^## (?:{'|'.join(SPOILERS)})\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## Follow-up questions\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^(?:-|\d+\.) (.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


def follow_ups(root: Path, kata: str) -> list[str]:
    """The questions in a kata's README, each in one line."""
    readme = root / "katas" / kata / "README.md"
    section = SECTION.search(readme.read_text(encoding="utf-8")) if readme.is_file() else None
    return [" ".join(item.split()) for item in ITEM.findall(section[1] if section else "")]


def without_spoilers(readme: str) -> str:
    """A README as a candidate may see it."""
    return SPOILED.sub("", readme)
