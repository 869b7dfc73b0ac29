"""Two texts of a file that were written side by side become one, where git can tell how."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dojo.pairing.branch import Blobs, Branch
from dojo.pairing.git import Git, PairError

MOST = 127  # conflicts that `git merge-file` counts; above, it has failed


def merged(branch: Branch, base: str, ours: str, theirs: str) -> tuple[Blobs, list[str]]:
    """Every file of the pair, merged; and the paths of those in which two texts stand now."""
    before, mine, other = (branch.blobs_in(commit) for commit in (base, ours, theirs))
    labels = f"yours, commit {ours[:8]}", "before", f"the other's, commit {theirs[:8]}"
    blobs: Blobs = {}
    conflicts = []
    for path in mine | other:
        texts = mine.get(path), before.get(path), other.get(path)
        blobs[path], clean = one_of(*texts) or in_lines(branch.git, texts, labels, path)
        if not clean:
            conflicts.append(path)
    return blobs, conflicts


def one_of(
    mine: str | None, before: str | None, other: str | None
) -> tuple[str | None, bool] | None:
    """The whole file of one side: if only that one has changed it, or the other has removed it."""
    if mine in (other, before):
        return other if mine == before else mine, True
    if other == before:
        return mine, True
    if not (mine and other):
        return mine or other, True
    return None


def in_lines(
    git: Git, blobs: tuple[str | None, ...], labels: tuple[str, ...], path: str
) -> tuple[str, bool]:
    """A new blob, and whether all lines could be told apart."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("mine", "before", "other")]
        for file, blob in zip(files, blobs, strict=True):
            file.write_bytes(git.raw("cat-file", "blob", blob) if blob else b"")
        options = [option for label in labels for option in ("-L", label)]
        status, text, said = git.run("merge-file", "-p", *options, *map(str, files))
    if status > MOST:
        raise PairError(f"{path} cannot be merged ({said.strip()}): both are in commits.")
    return git.text("hash-object", "-w", "--stdin", stdin=text), status == 0
