"""Hints, one more each time: which were shown is kept in pytest's cache.

Those for the test that fails come first, then those for the whole stub.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dojo.catalogue import Kata, Stub

KEY = "katas/hints/{}/{}"


def file_of(root: Path, kata: str, stub: str) -> Path:
    """Where pytest's cache keeps which hints of a stub were shown in a checkout."""
    return root / ".pytest_cache/v" / KEY.format(kata, stub)


def shown_in(root: Path, kata: str, stub: Stub) -> list[int]:
    """The hints of a stub that were shown in a checkout, by their places in kata.toml from 0."""
    try:
        return shown_of(json.loads(file_of(root, kata, stub.id).read_text("utf-8")), stub)
    except (OSError, ValueError, RecursionError):
        return []


def forget(root: Path, kata: Kata) -> None:
    """The first hint of each stub is the next one again."""
    for stub in kata.stubs:
        with suppress(OSError):
            file_of(root, kata.id, stub.id).unlink(missing_ok=True)


def shown_of(kept: object, stub: Stub) -> list[int]:
    """What was shown, whatever was kept: the file may be broken, and the hints have changed."""
    places = kept if isinstance(kept, list) else []
    return [place for place in places if place in range(len(stub.hints))]


def row(stub: Stub, test: str) -> list[int]:
    """The hints for a failing test, in the order in which they come; all if none are for it."""
    own = [place for place, hint in enumerate(stub.hints) if test in hint.tests]
    general = [place for place, hint in enumerate(stub.hints) if not hint.tests]
    return [*own, *general] or list(range(len(stub.hints)))


def following(stub: Stub, test: str, shown: list[int]) -> int:
    """The next hint, by its place; the last one again when there is no more."""
    places = row(stub, test)
    return next((place for place in places if place not in shown), places[-1])


def told(stub: Stub, test: str, place: int, width: int, name: str = "") -> Iterator[str]:
    """The lines of a hint; `name` is what the stub is called."""
    places = row(stub, test)
    number = places.index(place) + 1
    last = ", the last one" if number == len(places) else ""
    yield f"Hint {number} of {len(places)} for {name or stub.id}{last}"
    for line in stub.hints[place].text.strip().splitlines():
        yield textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  ")


class Hints:
    """The hints of a run.

    Attributes:
        again: whether the first hint is the next one.
        counted: whether the cache knows of the one that was shown last.
    """

    counted = True

    def __init__(self, config: pytest.Config, again: bool):
        self.cache: pytest.Cache | None = config.cache if hasattr(config, "cache") else None
        self.again = again

    def next(self, kata: str, stub: Stub, test: str) -> int:
        """The place of the next hint, which is shown now."""
        key = KEY.format(kata, stub.id)
        shown = self.shown(key, stub)
        place = following(stub, test, [] if self.again else shown)
        shown = [place] if self.again else [*(each for each in shown if each != place), place]
        if self.cache:
            self.cache.set(key, shown)  # which only warns where it cannot
        self.counted = self.cache is not None and self.shown(key, stub) == shown
        return place

    def shown(self, key: str, stub: Stub) -> list[int]:
        return shown_of(self.cache.get(key, []), stub) if self.cache else []
