"""`dojo reset`: a stub as it was given out, and back again. No text is ever lost.

What a stub was like is known from git. Answers may have been committed; so the text is taken from
the newest commit that touches what only the katas' authors change: tests, `kata.toml`, `dojo`,
`lab` and the like. In a clone, that is the last commit that came from there, also if answers lie
between. In a task, or a copy that was put into a repository of its own, it is the first commit.
A task names the fingerprint of each stub as well: there, the newest text that has it counts.

The text that is replaced stays beside, as `.counter.py.2026-11-29T18-30-05Z.bak`: a name that
neither Python nor pytest takes for a module, and that git ignores.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dojo.catalogue import Catalogue
from dojo.fingerprint import fingerprint
from dojo.learner.names import LearnerError, find
from dojo.pack import read_task

AUTHORS = (
    "dojo",
    "lab",
    "examiner",
    "solutions",
    "tests",
    "conftest.py",
    ":(glob)katas/q*/test_*.py",
    ":(glob)katas/q*/kata.toml",
    "CHANGELOG.md",
)
STAMP = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True)
class Change:
    """A file, and the text that it is going to have."""

    file: Path
    text: bytes


def changes(catalogue: Catalogue, name: str, undo: bool) -> list[Change]:
    """What a reset of a kata or stub comes to; nothing is changed yet.

    Raises:
        LearnerError: there is nothing to do, or nobody knows the text.
    """
    kata, one = find(catalogue, name)
    stubs = [one] if one else kata.stubs
    files = [kata.folder / f"{stub.id}.py" for stub in stubs]
    found = Undo() if undo else Shipped(catalogue)
    texts = {file: found.text(file) for file in files}
    planned = [Change(f, text) for f, text in texts.items() if text not in (None, current(f))]
    if not planned:
        raise LearnerError(f"{name}: {found.nothing}")
    return planned


class Undo:
    nothing = "there is no copy of another text to go back to."

    def text(self, file: Path) -> bytes | None:
        """The newest copy that differs from the file."""
        now = current(file)
        texts = (current(copy) for copy in reversed(copies(file)))
        return next((text for text in texts if text != now), None)


class Shipped:
    nothing = "it is as you got it, as far as git knows."

    def __init__(self, catalogue: Catalogue):
        self.root = catalogue.root
        self.task = read_task(self.root, catalogue)
        self.commit = first_line(git(self.root, "log", "-1", "--format=%H", "--", *AUTHORS))

    def text(self, file: Path) -> bytes:
        path = file.relative_to(self.root).as_posix()
        mark = self.task.shipped.get(path.removeprefix("katas/").removesuffix(".py"))
        for commit in self.commits(path) if mark else [self.commit]:
            text = self.text_in(commit, path) if commit else None
            if text is not None and mark in (None, fingerprint(text)):
                return text
        raise LearnerError(f"git does not know {path} as you got it: was its history kept?")

    def commits(self, path: str) -> list[str]:
        return git(self.root, "log", "--format=%H", "--", path).decode().split()

    def text_in(self, commit: str, path: str) -> bytes | None:
        """As a checkout would write it: with the ends of lines that are usual here."""
        try:
            return git(self.root, "cat-file", "--filters", f"{commit}:./{path}")
        except GitError:
            return None  # not in this commit


class GitError(LearnerError):
    pass


def git(root: Path, *args: str) -> bytes:
    """What git prints, in the checkout, wherever the environment sends it; raises GitError."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        command = ["git", "-C", str(root), *args]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
    except OSError:
        raise GitError(
            "There is no git on PATH, and only git knows the stub as you got it."
        ) from None
    if done.returncode:
        said = (done.stderr.decode(errors="replace").strip().splitlines() or ["nothing"])[0]
        reason = said.removeprefix("fatal: ")
        raise GitError(f"Only git knows the stub as you got it, and it says: {reason}")
    return done.stdout


def first_line(text: bytes) -> str:
    return text.decode().partition("\n")[0].strip()


def current(file: Path) -> bytes | None:
    """The text of a file; None if there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LearnerError(f"{file} cannot be read: {error.strerror}.") from None


def carry_out(planned: list[Change]) -> Iterator[str]:
    """Replace the files, one after the other, and say where the old text is.

    Raises:
        LearnerError: a file cannot be written. It is as it was.
    """
    for change in planned:
        file = change.file
        try:
            copy = keep_copy(file)
            replace(file, change.text)
        except OSError as error:
            raise LearnerError(f"{file} stays as it is: {error.strerror}.") from None
        short = f"katas/{file.parent.name}/{file.name}"
        yield (
            f"{short} is replaced; its text is kept in {copy.name}."
            if copy
            else f"{short} is back."
        )


def keep_copy(file: Path) -> Path | None:
    """Put the file's text beside it, under a name that sorts behind all copies before it."""
    if not file.exists():
        return None
    before = [time for copy in copies(file) if (time := time_of(copy))]
    moment = max([datetime.now(UTC), *(time + timedelta(seconds=1) for time in before)])
    copy = file.with_name(f".{file.name}.{moment.strftime(STAMP)}.bak")
    write_new(copy, file)
    return copy


def write_new(new: Path, source: Path) -> None:
    """A copy, whole or not at all, and never over something that is there."""
    with new.open("xb") as target:
        try:
            target.write(source.read_bytes())
            target.flush()
            os.fsync(target.fileno())
        except OSError:
            new.unlink()
            raise


def replace(file: Path, text: bytes) -> None:
    """All of the text or nothing of it; a link stays one, and permissions are kept."""
    real = file.resolve()
    new = real.with_name(f".{real.name}.new")
    try:
        new.write_bytes(text)
        if real.exists():
            shutil.copymode(real, new)
        new.replace(real)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def copies(file: Path) -> list[Path]:
    """The copies of a file, the oldest first."""
    pattern = rf"\.{re.escape(file.name)}\.[\dTZ-]+\.bak"
    return sorted(p for p in file.parent.iterdir() if re.fullmatch(pattern, p.name) and time_of(p))


def time_of(copy: Path) -> datetime | None:
    """When a copy was made, by its name."""
    try:
        return datetime.strptime(copy.name.split(".")[-2], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
