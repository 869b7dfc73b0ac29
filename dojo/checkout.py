"""Where the katas are."""

from __future__ import annotations

from pathlib import Path


def checkout_at(place: Path) -> Path | None:
    """The nearest folder, at `place` or above it, that holds katas and their conftest.py."""
    place = place.resolve()
    for folder in (place, *place.parents):
        if (folder / "katas").is_dir() and (folder / "conftest.py").is_file():
            return folder
    return None
