"""What came in: the submissions in a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from dojo.fingerprint import fingerprint
from examiner.model import ExaminerError
from examiner.submission import Submission, shown
from examiner.terms import Terms

# What a grading depends on, in the examiner's checkout.
PARTS = ("katas", "lab", "dojo", "examiner", "solutions", "tests/graders", "conftest.py")
ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".bundle")


@dataclass(frozen=True)
class Arrival:
    """One submission, and what it is called."""

    name: str
    path: Path


def arrivals(folder: Path) -> list[Arrival]:
    """The entries of a folder, by name.

    A folder with nothing but an archive, as a course's site packs them, stands for that archive.

    Raises:
        ExaminerError: there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ExaminerError(f"There is no folder {shown(str(folder))}.")
    entries = sorted(entry for entry in folder.iterdir() if not is_beside(entry))
    if not entries:
        raise ExaminerError(f"{shown(str(folder))} has no submissions in it.")
    return [Arrival(shown(entry.name), only_archive(entry) or entry) for entry in entries]


def is_beside(entry: Path) -> bool:
    """Whether this is no submission: hidden, or the file of a task."""
    return entry.name.startswith(".") or entry.name.endswith(".task.json")


def only_archive(folder: Path) -> Path | None:
    if folder.is_symlink() or not folder.is_dir():
        return None
    inside = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    alone = len(inside) == 1 and inside[0].is_file() and not inside[0].is_symlink()
    return inside[0] if alone and inside[0].suffix in ARCHIVES else None


def key_of(submission: Submission, terms: Terms, checkout: str) -> str:
    """A name for one grading: the same for the same content, terms and katas.

    Args:
        checkout: the digest of the examiner's side.
    """
    return digest([described(submission), asdict(terms) | {"lanes": 0}, checkout])


def described(submission: Submission) -> object:
    """All that a submission consists of, as plain data."""
    stubs = {"/".join(key): [name, data.hex()] for key, (name, data) in submission.stubs.items()}
    helpers = {"/".join(key): data.hex() for key, data in submission.helpers.items()}
    told = [submission.name, submission.ignored, submission.notes, submission.manifest]
    return [stubs, helpers, told, submission.history]


def digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def checkout_digest(root: Path, versions: dict[str, str]) -> str:
    """What katas, graders and examiner are at `root`, with the versions of what they stand on."""
    found = {
        file.relative_to(root).as_posix(): fingerprint(file.read_bytes()) for file in files_of(root)
    }
    return digest([found, versions])


def files_of(root: Path) -> Iterator[Path]:
    for part in PARTS:
        place = root / part
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)
