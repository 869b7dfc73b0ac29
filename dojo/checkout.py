"""Where the katas are, seen from where you stand."""

from __future__ import annotations

import os
from pathlib import Path


def checkout_at(place: Path) -> Path | None:
    """The nearest folder, at `place` or above it, that holds katas and their conftest.py."""
    place = place.resolve()
    for folder in (place, *place.parents):
        if (folder / "katas").is_dir() and (folder / "conftest.py").is_file():
            return folder
    return None


def seen_from(here: Path, file: Path) -> str:
    """How `file` is called in the folder `here`, so that it can be opened or pasted there."""
    try:
        return Path(os.path.relpath(file, here.resolve())).as_posix()
    except ValueError:  # another drive, on Windows
        return file.as_posix()
