"""How wide a line may be, and whether it has colours."""

from __future__ import annotations

import os
import shutil
import sys

import typer

NARROWEST, WIDEST = 30, 80


def width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def coloured() -> bool:
    """On a terminal that can, unless its user wants none."""
    dumb = os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not dumb and not os.environ.get("NO_COLOR")


def paint(text: str, colour: str | None = None, bold: bool = False) -> str:
    """The text in a colour, where there are colours."""
    return typer.style(text, fg=colour, bold=bold or None) if coloured() else text
