"""What the jailed run sees: the pristine katas, lab and dojo, and the candidate's files beside."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from examiner.submission import Submission

PARTS = ("dojo", "lab", "conftest.py", "pyproject.toml", "examiner/inside", "examiner/__init__.py")
ANSWERS = "answers"
NOT_BROUGHT = shutil.ignore_patterns("__pycache__", "*.md", ".*.bak")


def build(folder: Path, root: Path, katas: Iterable[str], submission: Submission) -> None:
    """Fill `folder` for one grading.

    Args:
        root: the examiner's checkout, of which everything is taken but the stubs.
        katas: the katas to bring.
    """
    for part in (*PARTS, *(f"katas/{kata}" for kata in katas)):
        source, target = root / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=NOT_BROUGHT)
        else:
            shutil.copyfile(source, target)
    for (kata, stub), (_, data) in submission.stubs.items():
        put(folder / ANSWERS / kata / f"{stub}.py", data)
    for (kata, name), data in submission.helpers.items():
        put(folder / ANSWERS / kata / name, data)


def put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
