"""The git repository that a checkout is, as `dojo update` asks about it and writes to it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple

from dojo.learner.names import LearnerError
from dojo.reaper import kill_tree

# Set in a hook of git's, they would lead to another repository; all others are the user's wish.
ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"}
# No housekeeping that goes on after git has ended.
QUIET = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")
UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
PATIENCE = 60.0  # seconds for the first answer of a remote; a password may have to be typed
NOWHERE = "0" * 40


class GitError(LearnerError):
    """A command of git failed."""


class Entry(NamedTuple):
    """What git keeps of a file: its mode and the id of its text."""

    mode: str
    oid: str


Tree = dict[str, Entry]
Edits = Mapping[str, Entry | None]  # None: no such file any more


class Difference(NamedTuple):
    """A file in two trees; of a rename, the paths differ."""

    old: str
    new: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True)
class Repository:
    root: Path

    def git(
        self,
        *args: str,
        text: bytes = b"",
        index: Path | None = None,
        limit: float | None = None,
        alone: bool = True,
    ) -> bytes:
        """What git prints.

        Args:
            text: its standard input.
            index: the index to work on, in place of the repository's.
            limit: seconds that it may take.
            alone: it gets no Ctrl-C from the terminal, and cannot ask there for a password.
        """
        status, out, err = self.run(*args, text=text, index=index, limit=limit, alone=alone)
        if status:
            raise GitError(f"git says: {reason(err)}")
        return out

    def run(
        self,
        *args: str,
        text: bytes = b"",
        index: Path | None = None,
        limit: float | None = None,
        alone: bool = True,
    ) -> tuple[int, bytes, bytes]:
        env = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        env |= {"LC_ALL": "C"} | ({"GIT_INDEX_FILE": str(index)} if index else {})
        try:
            process = subprocess.Popen(
                ["git", "-C", str(self.root), *QUIET, *args],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=env,
                process_group=0 if alone else None,
            )
        except OSError:
            raise GitError("There is no git on PATH, and an update comes by git.") from None
        try:
            out, err = process.communicate(text, limit)
        except BaseException:
            kill_tree(process.pid)
            process.communicate()
            raise
        return process.returncode, out, err

    def line(self, *args: str) -> str:
        return self.git(*args).decode(errors="surrogateescape").strip()

    def knows(self, *args: str) -> bool:
        """Whether a question to git has an answer."""
        try:
            return bool(self.git(*args))
        except GitError:
            return False

    @property
    def folder(self) -> Path:
        return Path(self.line("rev-parse", "--absolute-git-dir"))

    def head(self) -> str:
        """The commit that is checked out, on a branch, with nothing half done.

        Raises:
            LearnerError: it is not like that, or the checkout is no clone.
        """
        if not (self.root / ".git").exists():
            raise LearnerError(
                "This folder is no git clone, so nothing can be merged into it: "
                "clone the repository, and copy your stubs from katas/ there."
            )
        folder = self.folder
        if any((folder / name).exists() for name in UNFINISHED) or self.git("ls-files", "-u"):
            raise LearnerError(
                "A merge or rebase is unfinished here: `git status` says how to end it."
            )
        if not self.knows("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise LearnerError("There is no commit here yet: only a clone can be updated.")
        if not self.knows("symbolic-ref", "--quiet", "HEAD"):
            raise LearnerError("You are on no branch: `git switch -c mine`, and update then.")
        return self.line("rev-parse", "HEAD")

    def fetch(self, remote: str) -> tuple[str, str]:
        """The main branch of a remote, and its newest commit, which is here afterwards."""
        remotes = self.line("remote").split()
        if remote not in remotes:
            there = f" There are: {', '.join(remotes)}." if remotes else ""
            raise LearnerError(f"There is no remote {remote} to update from.{there}")
        branch = self.main_branch(remote)
        try:
            self.git("fetch", "--quiet", remote, branch, alone=False)
        except GitError as error:
            raise LearnerError(f"{remote} gave nothing: {error}") from None
        return branch.removeprefix("refs/heads/"), self.line("rev-parse", "FETCH_HEAD")

    def main_branch(self, remote: str) -> str:
        try:
            args = ("ls-remote", "--symref", remote, "HEAD")
            said = self.git(*args, limit=PATIENCE, alone=False).decode()
        except subprocess.TimeoutExpired:
            raise LearnerError(f"{remote} does not answer. Try again later.") from None
        except GitError as error:
            raise LearnerError(f"{remote} does not answer: {error}") from None
        if not said:
            raise LearnerError(f"{remote} is empty: there is nothing to update to.")
        words = said.split()
        return words[1] if words[0] == "ref:" else "HEAD"

    def ancestor(self, mine: str, theirs: str, remote: str) -> str:
        """The newest commit in both histories."""
        if not self.knows("merge-base", mine, theirs) and (self.folder / "shallow").exists():
            self.git("fetch", "--quiet", "--unshallow", remote, alone=False)
        if not self.knows("merge-base", mine, theirs):
            raise LearnerError(
                f"Your history and that of {remote} have no commit in common: "
                "clone it anew, and copy your stubs from katas/ there."
            )
        return self.line("merge-base", mine, theirs)

    def differences(self, before: str, after: str) -> list[Difference]:
        """Between two commits, with renames."""
        args = ("diff-tree", "-r", "-z", "-M", "--raw", "--no-abbrev", before, after)
        fields = iter(self.git(*args).decode(errors="surrogateescape").split("\0")[:-1])
        found = []
        for field in fields:
            was, now, was_id, now_id, status = field.removeprefix(":").split()
            old = next(fields)
            new = next(fields) if status[0] == "R" else old
            sides = [Entry(was, was_id), Entry(now, now_id)]
            found.append(
                Difference(old, new, *(e if set(e.mode) != {"0"} else None for e in sides))
            )
        return found

    def tree(self, commit: str) -> Tree:
        return parsed(self.git("ls-tree", "-r", "-z", commit), mode=0, oid=2)

    @contextmanager
    def locked(self) -> Iterator[Path]:
        """A copy of the index that replaces it at the end; no other git writes in the meantime."""
        index = self.folder / "index"
        lock = index.with_name("index.lock")  # the name that git itself looks at
        try:
            lock.open("xb").close()
        except FileExistsError:
            raise LearnerError(f"Another git is at work here. If none is, remove {lock}.") from None
        except OSError as error:
            raise LearnerError(f"{lock} cannot be written: {error.strerror}.") from None
        try:
            copyfile(index, lock)
            yield lock
            lock.replace(index)
        except BaseException:
            lock.unlink(missing_ok=True)
            raise

    def staged(self, index: Path) -> Tree:
        return parsed(self.git("ls-files", "-s", "-z", index=index), mode=0, oid=1)

    def unclean(self, index: Path) -> set[str]:
        """The files that git would refuse to overwrite."""
        self.run("update-index", "-q", "--refresh", index=index)
        out = self.git("diff-files", "--name-only", "-z", index=index)
        return set(out.decode(errors="surrogateescape").split("\0"))

    def work_tree(self, paths: Iterable[str], staged: Tree, unclean: set[str]) -> Tree:
        """The files as they are now, in git's form. Their texts are kept in the repository."""
        plain: list[str] = []
        found: Tree = {}
        for path in paths:
            file = self.root / path
            if file.is_file() and not file.is_symlink():
                plain.append(path)
            elif path in staged and path not in unclean:
                found[path] = staged[path]  # a link; or one that a sparse checkout leaves out
            elif os.path.lexists(file):
                found[path] = Entry("", "")  # a folder, or a link: nothing to merge with
        names = "".join(f"{path}\n" for path in plain).encode(errors="surrogateescape")
        oids = self.git("hash-object", "-w", "--stdin-paths", text=names).decode().split()
        modes = (staged[path].mode if path in staged else "100644" for path in plain)
        return found | dict(zip(plain, map(Entry, modes, oids), strict=True))

    def as_file(self, path: str, oid: str) -> bytes:
        """As a checkout would write it: with the ends of lines that are usual here."""
        return self.git("cat-file", "--filters", f"--path={path}", oid)

    def keep(self, text: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", text=text).decode().strip()

    def edit(self, index: Path, edits: Edits) -> None:
        """Put files into an index, or take them out."""
        entries = sorted(edits.items(), key=lambda edit: edit[1] is not None)  # a/b, before a
        lines = (f"{e.mode} {e.oid}\t{p}\0" if e else f"0 {NOWHERE}\t{p}\0" for p, e in entries)
        text = "".join(lines).encode(errors="surrogateescape")
        self.git("update-index", "-z", "--index-info", text=text, index=index)

    def written(self, commit: str, edits: Edits, scratch: Path) -> str:
        """The tree of a commit, with some files changed."""
        self.git("read-tree", commit, index=scratch)
        self.edit(scratch, edits)
        return self.git("write-tree", index=scratch).decode().strip()

    def snapshots(self, index: Path, more: Edits) -> tuple[str, str]:
        """The trees of an index and of the files that it knows, with more of them."""
        with TemporaryDirectory() as folder:
            scratch = Path(copyfile(index, Path(folder, "index")))
            staged = self.git("write-tree", index=scratch)
            self.git("add", "--update", index=scratch)
            self.edit(scratch, more)
            return staged.decode().strip(), self.git("write-tree", index=scratch).decode().strip()

    def commit(self, tree: str, parents: Iterable[str], message: str) -> str:
        options = [option for parent in parents for option in ("-p", parent)]
        args = ["commit-tree", tree, *options, "-m", message]
        try:
            return self.line(*args)
        except GitError:  # nobody has told git who they are
            who = ["-c", "user.name=dojo update", "-c", "user.email=dojo@localhost"]
            return self.line(*who, *args)


def parsed(listing: bytes, mode: int, oid: int) -> Tree:
    lines = listing.decode(errors="surrogateescape").split("\0")[:-1]
    pairs = (line.split("\t", 1) for line in lines)
    return {path: Entry(head.split()[mode], head.split()[oid]) for head, path in pairs}


def reason(said: bytes) -> str:
    """Of what git complains about, the line that says why."""
    lines = said.decode(errors="replace").strip().splitlines() or ["nothing"]
    fatal = (line for line in lines if line.startswith(("fatal:", "error:")))
    return next(fatal, lines[0]).split(": ", 1)[-1].rstrip(".") + "."
