"""A copy of the checkout, to save in: what a learner needs of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDED = ("katas", "solutions", "dojo", "lab", "conftest.py", "pyproject.toml")


@contextmanager
def workcopy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for part in NEEDED:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
            copy(ROOT / part, Path(folder, part))
        yield Path(folder)
