"""What an update does to each file, and the doing of it.

A text may be in three places: in the last commit, in the index, and in the file itself. In each,
a file is merged for itself. Git writes the files that the learner has left alone; the others are
written here, whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from dojo.learner.merge import Merge, Outcome, Word
from dojo.learner.names import LearnerError
from dojo.learner.repository import Difference, Edits, Entry, Repository, Tree
from dojo.learner.reset import current, keep_copy, replace
from dojo.pack import unused

BEFORE = "refs/tf-katas/before-update"


class Plan:
    """What becomes of the files that are new, and of the learner's; nothing is changed yet.

    Raises:
        LearnerError: some of these files cannot be written.
    """

    def __init__(self, repository: Repository, index: Path, head: str, base: str, new: str):
        self.repository, self.index = repository, index
        self.head, self.base, self.new = head, base, new
        self.merge = Merge(repository)
        found = repository.differences(base, new)
        unclean, staged = repository.unclean(index), repository.staged(index)
        paths = {path for change in found for path in (change.old, change.new)}
        self.committed = repository.tree(head)
        self.files = repository.work_tree(paths, staged, unclean)
        places = (self.committed, staged, self.files)
        self.changes = [part for change in found for part in apart(change, places)]
        self.outcomes = {c: self.merge.outcome(c, self.files.get(c.old)) for c in self.changes}
        self.in_commit, self.in_index = self.edits(self.committed), self.edits(staged)
        self.in_files = joined(self.outcomes)
        check_places(repository.root, self.in_files)
        # Git would refuse to write these.
        self.by_hand = {
            path
            for change in self.changes
            if any(differs(p, places) or p in unclean for p in (change.old, change.new))
            for path in (change.old, change.new)
        }
        self.conflicts = {c: o for c, o in self.outcomes.items() if o.word is Word.conflict}
        self.beside = {c: self.place(c, o) for c, o in self.conflicts.items() if c.old == c.new}

    def edits(self, place: Tree) -> Edits:
        return joined({c: self.merge.outcome(c, place.get(c.old)) for c in self.changes})

    def place(self, change: Difference, outcome: Outcome) -> Path:
        """Where the text goes that is to be settled; it may be there, from an update cut short."""
        file = self.repository.root / f"{change.new}.new"
        return file if current(file) == self.marked(change, outcome) else unused(file)

    def marked(self, change: Difference, outcome: Outcome) -> bytes:
        return self.repository.as_file(change.new, outcome.marked)

    def carry_out(self, message: str) -> dict[str, Path]:
        """Do it, and give the copies of texts that were never committed."""
        repository, index = self.repository, self.index
        with TemporaryDirectory() as folder:
            scratch = Path(folder, "index")
            by_hand = {path: self.in_commit[path] for path in self.by_hand}
            old = repository.written(self.head, by_hand, scratch)
            tree = repository.written(self.head, self.in_commit, scratch)
        commit = self.new
        if self.base != self.head:
            commit = repository.commit(tree, [self.head, self.new], message)
        repository.git("update-ref", BEFORE, self.state() if self.leaves_changes else self.head)
        try:
            self.put_beside()
            repository.edit(index, by_hand)
            repository.git("read-tree", "-m", "-u", old, tree, index=index)
            copies = dict(self.write_by_hand())
        except OSError as error:
            raise LearnerError(
                f"{error.filename} cannot be written: {error.strerror}. "
                "Nothing of yours is lost; `dojo update` goes on from here."
            ) from None
        repository.edit(index, {path: self.in_index[path] for path in self.by_hand})
        repository.git("update-ref", "-m", message, "HEAD", commit, self.head)
        return copies

    def state(self) -> str:
        """A commit of all as it is now, in the form of a stash."""
        mine = {path: e for path, e in self.files.items() if path in self.by_hand and e.oid}
        staged, now = self.repository.snapshots(self.index, mine)
        index = self.repository.commit(staged, [self.head], "dojo update: the index before")
        return self.repository.commit(now, [self.head, index], "dojo update: the files before")

    def put_beside(self) -> None:
        """The texts to be settled."""
        for change, file in self.beside.items():
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                replace(file, self.marked(change, self.conflicts[change]))

    def write_by_hand(self) -> Iterator[tuple[str, Path]]:
        """Write files, and give the copies of texts that were never committed, by path."""
        for path in sorted(self.by_hand):
            file, entry, now = (
                self.repository.root / path,
                self.in_files[path],
                self.files.get(path),
            )
            if entry == now:
                continue
            if now != self.committed.get(path) and (copy := keep_copy(file)):
                yield path, copy
            if entry:
                file.parent.mkdir(parents=True, exist_ok=True)
                replace(file, self.repository.as_file(path, entry.oid))
                file.chmod(file.stat().st_mode | (int(entry.mode, 8) & 0o111))
            else:
                file.unlink()

    @property
    def leaves_changes(self) -> bool:
        """Whether files that it is about are not committed afterwards."""
        others = ({self.in_files[p], self.in_index[p]} != {self.in_commit[p]} for p in self.by_hand)
        return any(others)


def apart(change: Difference, places: Iterable[Tree]) -> list[Difference]:
    """A rename that the learner's files do not allow is a file that goes, and one that comes."""
    allowed = all(change.old in place and change.new not in place for place in places)
    if change.old == change.new or allowed:
        return [change]
    gone = Difference(change.old, change.old, change.before, None)
    return [gone, Difference(change.new, change.new, None, change.after)]


def joined(outcomes: dict[Difference, Outcome]) -> Edits:
    """By path, what is to be there."""
    edits: dict[str, Entry | None] = {}
    for change, outcome in outcomes.items():
        if change.old == change.new:
            edits[change.old] = outcome.entry
        elif outcome.word is Word.conflict:
            edits |= {change.old: outcome.entry, change.new: change.after}
        else:
            edits |= {change.old: None, change.new: outcome.entry}
    return edits


def differs(path: str, places: Iterable[Tree]) -> bool:
    return len({place.get(path) for place in places}) > 1


def check_places(root: Path, paths: Iterable[str]) -> None:
    """Refuse before anything is changed, where a file could not be written."""
    folders = {parent for path in paths for parent in Path(path).parents}
    for folder in sorted(root / each for each in folders):
        if os.path.lexists(folder) and not folder.is_dir():
            raise LearnerError(f"{folder} is in the way of a new folder. Move it, and update then.")
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise LearnerError(f"{folder} cannot be written, so nothing was changed.")
