"""A three-way merge of one file: as it was given out, as the learner has it, as it is new."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from dojo.learner.repository import Difference, Entry, Repository


class Word(StrEnum):
    """What becomes of a file."""

    taken = "taken"
    same = "same"
    merged = "merged"
    deleted = "deleted"  # by the learner
    kept = "kept"  # by the learner; it is given out no more
    conflict = "conflict"


@dataclass(frozen=True)
class Outcome:
    word: Word
    entry: Entry | None
    marked: str = ""  # of a conflict: the id of the text that is to be settled


@dataclass(frozen=True)
class Merge:
    repository: Repository

    def outcome(self, change: Difference, ours: Entry | None) -> Outcome:
        base, theirs = change.before, change.after
        if ours == base:
            return Outcome(Word.taken, theirs)
        if ours == theirs:
            return Outcome(Word.same, ours)
        if ours is None:
            return Outcome(Word.deleted, None)
        if theirs is None:
            return Outcome(Word.kept, ours)
        if base is None or not all(e.mode.startswith("100") for e in (base, ours, theirs)):
            return Outcome(Word.conflict, ours, theirs.oid)
        return self.texts(base, ours, theirs)

    def texts(self, base: Entry, ours: Entry, theirs: Entry) -> Outcome:
        mode = theirs.mode if ours.mode == base.mode else ours.mode
        if base.oid in (ours.oid, theirs.oid):
            changed = theirs.oid if ours.oid == base.oid else ours.oid
            return Outcome(Word.merged, Entry(mode, changed))
        conflicts, oid = self.merged(base.oid, ours.oid, theirs.oid)
        if conflicts:
            return Outcome(Word.conflict, ours, oid)
        return Outcome(Word.merged, Entry(mode, oid))

    def merged(self, base: str, ours: str, theirs: str) -> tuple[bool, str]:
        """Whether there are conflicts; and the id of the text, with marks at the conflicts."""
        with TemporaryDirectory() as folder:
            labels = ("yours", "as you got it", "new")
            files = [Path(folder, label) for label in labels]
            for file, oid in zip(files, (ours, base, theirs), strict=True):
                file.write_bytes(self.repository.git("cat-file", "blob", oid))
            names = [option for label in labels for option in ("-L", label)]
            # The status is the number of conflicts; above that of a signal, these are no texts.
            status, text, _ = self.repository.run("merge-file", "-p", *names, *map(str, files))
        if not 0 <= status < 128:
            return True, theirs
        return status > 0, self.repository.keep(text)
