"""The branch of a session. Turns are committed on it without its being checked out.

HEAD, the index and the person's own branches stay as they are. Only the stubs of the kata, and
modules of one's own beside them, are read and written in the working tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dojo.catalogue import Kata
from dojo.learner.reset import replace
from dojo.pack import is_test
from dojo.pairing.git import Git, GitError, PairError
from dojo.pairing.people import Person

Blobs = dict[str, str | None]  # by path in the repository, the id of the text; None for no file
DONE, YES = "Pair-Done", "yes"  # of the last commit
NO_COMMIT = "0" * 40
MARK = re.compile(rb"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)  # of a conflict


class ChangedError(PairError):
    """A file was saved while it was about to be written."""

    def __init__(self, path: str):
        super().__init__(f"{path} was saved at this very moment: once more, please.")


@dataclass(frozen=True)
class Branch:
    git: Git
    root: Path
    kata: Kata
    name: str
    people: tuple[Person, Person]

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"

    @property
    def merging(self) -> str:
        """Names the other one's commit, while a conflict with it stands in the files."""
        return f"refs/tf-katas/merging/{self.name}"

    @property
    def tip(self) -> str | None:
        return self.git.commit_of(self.ref)

    def move(self, to: str, from_: str | None) -> None:
        """What was merging is merged; raises PairError if somebody else has moved it meanwhile."""
        lines = [f"update {self.ref} {to} {from_ or NO_COMMIT}"]
        if pending := self.git.commit_of(self.merging):
            lines.append(f"delete {self.merging} {pending}")
        try:
            self.git.text("update-ref", "--stdin", stdin="\n".join([*lines, ""]).encode())
        except GitError as error:
            raise PairError(f"{self.name} cannot be moved: {error.reason}") from None

    def file(self, path: str) -> Path:
        return self.git.top / path

    @property
    def folder(self) -> str:
        """Of the kata, in the repository."""
        inside = self.kata.folder.relative_to(self.root).as_posix()
        return f"{self.git.prefix}{inside}/"

    def ours(self, path: str) -> bool:
        """Whether a path is a stub of the kata, or a module of one's own beside it."""
        name = path.removeprefix(self.folder).removesuffix(".py")
        beside = path == f"{self.folder}{name}.py" and name.isidentifier()
        return beside and (name in self.stubs or not is_test(name))

    @property
    def stubs(self) -> set[str]:
        return {stub.id for stub in self.kata.stubs}

    def is_stub(self, path: str) -> bool:
        return path.removeprefix(self.folder).removesuffix(".py") in self.stubs

    def blobs_in(self, commit: str) -> Blobs:
        """The files of a commit; a link is none."""
        listed = self.git.paths("ls-tree", "-z", commit, "--", self.folder)
        entries = (entry.partition("\t") for entry in listed)
        return {
            path: head.split()[2]
            for head, _, path in entries
            if head.startswith("100") and self.ours(path)
        }

    def blobs_now(self, known: Blobs) -> Blobs:
        """As the files are; a stub that is missing counts as unchanged, a module as removed."""
        listed = self.git.paths(
            *("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
            *("--", f":(top,literal){self.folder}"),
        )
        paths = sorted({path for path in listed if self.ours(path) and plain(self.file(path))})
        stdin = "".join(f"{path}\n" for path in paths).encode()
        ids = self.git.text("hash-object", "-w", "--stdin-paths", stdin=stdin).split()
        gone: Blobs = {path: None for path in known if path not in paths}
        kept = {path: known[path] for path in gone if self.is_stub(path)}
        return gone | kept | dict(zip(paths, ids, strict=True))

    def commit(self, base: str, blobs: Blobs, message: str, *parents: str) -> str:
        """A commit of these files on top of the tree of `base`; no ref is moved."""
        tree = self.git.tree(base, blobs)
        options = [option for parent in parents for option in ("-p", parent)]
        stdin = message.encode()
        return self.git.text("commit-tree", tree, *options, stdin=stdin, **self.identity())

    def identity(self) -> dict[str, str]:
        """Where git does not know who commits, it is the first of the two."""
        if self.git.says_yes("var", "GIT_COMMITTER_IDENT"):
            return {}
        name, email = self.people[0].name, self.people[0].email
        roles = ("AUTHOR", "COMMITTER")
        return {f"GIT_{role}_NAME": name for role in roles} | {
            f"GIT_{role}_EMAIL": email for role in roles
        }

    def write(self, now: Blobs, wanted: Blobs, commit: str) -> None:
        """Bring the files from `now` to what is wanted, as `commit` has it.

        Raises:
            ChangedError: a file is not what it was; it stays as it is.
        """
        changed = [path for path, blob in wanted.items() if now.get(path) != blob]
        texts = {path: self.text_in(commit, path) for path in changed if wanted[path]}
        for path in changed:
            if self.blobs_now(now).get(path) != now.get(path):
                raise ChangedError(path)
            try:
                if path in texts:
                    replace(self.file(path), texts[path])
                else:
                    self.file(path).unlink(missing_ok=True)
            except OSError as error:
                raise PairError(f"{path} cannot be written: {error.strerror}.") from None

    def text_in(self, commit: str, path: str) -> bytes:
        """As a checkout would write it."""
        return self.git.raw("cat-file", "--filters", f"{commit}:{path}")

    def marked(self) -> list[str]:
        """The files in which two texts stand, with the marks of a conflict."""
        files = [self.file(path) for path in self.blobs_now({})]
        return [f.name for f in files if len(set(MARK.findall(f.read_bytes()))) > 1]

    def over(self, tip: str) -> str | None:
        """The commit with which another machine, or this one, has said that it is done."""
        log = ("log", "--format=%H", f"--grep=^{DONE}: {YES}$", tip, "--not", "HEAD")
        return next(iter(self.git.text(*log).split()), None)

    def trailers(self, commit: str) -> dict[str, str]:
        """What its message says of the session."""
        return dict(trailers_of(self.git, commit))


def trailers_of(git: Git, commit: str) -> list[tuple[str, str]]:
    lines = git.text("log", "-1", "--format=%(trailers:only,unfold)", commit).splitlines()
    return [(key, value) for key, _, value in (line.partition(": ") for line in lines)]


def plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def message_of(subject: str, trailers: dict[str, str], people: tuple[Person, Person]) -> str:
    lines = [f"{name}: {value}" for name, value in trailers.items() if value]
    lines += [f"Co-authored-by: {person}" for person in people]
    return "\n".join([subject, "", *lines, ""])
