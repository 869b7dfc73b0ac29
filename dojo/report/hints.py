"""Hints, one more each time: how many were shown is kept in pytest's cache."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from dojo.catalogue import Stub

KEY = "katas/hints/{}/{}"


def count_shown(root: Path, kata: str, stub: str) -> int:
    """How many hints of a stub were shown in a checkout, by what pytest's cache keeps there."""
    try:
        number = json.loads((root / ".pytest_cache/v" / KEY.format(kata, stub)).read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    return number if isinstance(number, int) else 0


def next_hint(root: Path, kata: str, stub: Stub) -> tuple[int, str]:
    """As Hints.next, outside of a pytest run: the count is kept in the same place."""
    number = min(count_shown(root, kata, stub.id) + 1, len(stub.hints))
    file = root / ".pytest_cache/v" / KEY.format(kata, stub.id)
    with contextlib.suppress(OSError):  # a checkout that cannot be written to has no memory
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(number), encoding="utf-8")
    return number, stub.hints[number - 1]


class Hints:
    def __init__(self, config: pytest.Config):
        self.cache: pytest.Cache | None = config.cache if hasattr(config, "cache") else None

    def next(self, kata: str, stub: Stub) -> tuple[int, str]:
        """The number and text of the next hint; the last one again when there is no more."""
        key = KEY.format(kata, stub.id)
        shown = self.cache.get(key, 0) if self.cache else 0
        number = min(shown + 1, len(stub.hints))
        if self.cache:
            self.cache.set(key, number)
        return number, stub.hints[number - 1]
