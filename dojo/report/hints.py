"""Hints, one more each time: how many were shown is kept in pytest's cache."""

from __future__ import annotations

import pytest

from dojo.catalogue import Stub


class Hints:
    def __init__(self, config: pytest.Config):
        self.cache: pytest.Cache | None = config.cache if hasattr(config, "cache") else None

    def next(self, kata: str, stub: Stub) -> tuple[int, str]:
        """The number and text of the next hint; the last one again when there is no more."""
        key = f"katas/hints/{kata}/{stub.id}"
        shown = self.cache.get(key, 0) if self.cache else 0
        number = min(shown + 1, len(stub.hints))
        if self.cache:
            self.cache.set(key, number)
        return number, stub.hints[number - 1]
