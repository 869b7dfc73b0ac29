"""Hints, one more each time: how many were shown is kept in pytest's cache."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.catalogue import Stub

KEY = "katas/hints/{}/{}"


def count_file(root: Path, kata: str, stub: str) -> Path:
    """Where pytest's cache keeps how many hints of a stub were shown in a checkout."""
    return root / ".pytest_cache/v" / KEY.format(kata, stub)


def count_shown(root: Path, kata: str, stub: str) -> int:
    """How many hints of a stub were shown in a checkout."""
    try:
        return count(json.loads(count_file(root, kata, stub).read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        return 0


def count(kept: object) -> int:
    """A number of hints, whatever was kept: the file may be broken."""
    return kept if type(kept) is int and kept > 0 else 0


def after(shown: int, stub: Stub) -> int:
    """The number of the next hint; the last one again when there is no more."""
    return min(shown + 1, len(stub.hints))


def told(stub: Stub, number: int, width: int, name: str = "") -> Iterator[str]:
    """The lines of a hint; `name` is what the stub is called."""
    last = ", the last one" if number == len(stub.hints) else ""
    yield f"Hint {number} of {len(stub.hints)} for {name or stub.id}{last}"
    for line in stub.hints[number - 1].strip().splitlines():
        yield textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  ")


class Hints:
    def __init__(self, config: pytest.Config):
        self.cache: pytest.Cache | None = config.cache if hasattr(config, "cache") else None

    def next(self, kata: str, stub: Stub) -> int:
        """The number of the next hint, which is shown now."""
        key = KEY.format(kata, stub.id)
        number = after(count(self.cache.get(key, 0)) if self.cache else 0, stub)
        if self.cache:
            self.cache.set(key, number)
        return number
