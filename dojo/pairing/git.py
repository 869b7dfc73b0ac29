"""git, as the pairing asks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dojo.learner.names import LearnerError

# What would send git to another repository. The identities that may be there as well are kept.
ELSEWHERE = (
    *("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
)
QUIET = ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.quotepath=off"]
PATIENCE = 60  # seconds for a remote


class PairError(LearnerError):
    """What two people cannot do now; one sentence says why."""


class ConflictError(PairError):
    """Two texts stand in a file, until somebody has chosen between them."""


class GitError(PairError):
    """git refused; `reason` is what it says."""

    def __init__(self, reason: str):
        super().__init__(f"git refuses: {reason}")
        self.reason = reason


class Git:
    """The repository that a checkout lies in.

    Attributes:
        top: the root of the repository.
        prefix: where the checkout lies in it, with a slash at its end; mostly empty.
    """

    def __init__(self, top: Path, prefix: str):
        self.top, self.prefix = top, prefix

    @staticmethod
    def at(root: Path) -> Git | None:
        """None if there is no git, or no repository; raises GitError if it cannot be used."""
        if not shutil.which("git"):
            return None
        where = Git(root, "")
        try:
            top = where.text("rev-parse", "--show-toplevel")
        except GitError as error:
            if "not a git repository" in error.reason:
                return None
            raise
        return Git(Path(top), where.text("rev-parse", "--show-prefix"))

    def text(self, *args: str, stdin: bytes = b"", **env: str) -> str:
        """What git prints, without the white space at its ends; raises GitError."""
        return self.raw(*args, stdin=stdin, **env).decode(errors="replace").strip()

    def raw(self, *args: str, stdin: bytes = b"", **env: str) -> bytes:
        status, printed, said = self.run(*args, stdin=stdin, **env)
        if status:
            raise GitError(reason_in(said))
        return printed

    def paths(self, *args: str) -> list[str]:
        """What git lists with -z; a name may be in any encoding."""
        listed = self.raw(*args).decode(errors="surrogateescape")
        return [entry for entry in listed.split("\0") if entry]

    def says_yes(self, *args: str) -> bool:
        return self.run(*args)[0] == 0

    def run(self, *args: str, stdin: bytes = b"", **env: str) -> tuple[int, bytes, str]:
        """Its status, what it prints, and what it says on the other stream."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self.top), *QUIET, *args],
                env=environment() | env,
                input=stdin,
                capture_output=True,
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            raise GitError(f"no answer within {PATIENCE} seconds.") from None
        except OSError as error:
            raise GitError(f"{error.strerror}.") from None
        return done.returncode, done.stdout, done.stderr.decode(errors="replace")

    def commit_of(self, name: str) -> str | None:
        """The full id of the commit that a ref or an expression names."""
        status, printed, _ = self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return None if status else printed.decode().strip()

    def branch(self) -> str | None:
        """The branch that is checked out; None on a detached head."""
        status, printed, _ = self.run("symbolic-ref", "--quiet", "--short", "HEAD")
        return None if status else printed.decode().strip()

    def unfinished(self) -> str:
        """What was begun and not ended, as "merge"; empty if there is nothing."""
        signs = {
            "merge": "MERGE_HEAD",
            "cherry-pick": "CHERRY_PICK_HEAD",
            "revert": "REVERT_HEAD",
            "rebase": "rebase-merge",
            "rebase ": "rebase-apply",
        }
        for what, sign in signs.items():
            if (self.top / self.text("rev-parse", "--git-path", sign)).exists():
                return what.strip()
        return ""

    def tree(self, base: str, blobs: Mapping[str, str | None]) -> str:
        """The tree of `base` with other files: made in an index of its own."""
        with tempfile.TemporaryDirectory() as folder:
            index = str(Path(folder, "index"))
            self.raw("read-tree", base, GIT_INDEX_FILE=index)
            self.stage(base, blobs, GIT_INDEX_FILE=index)
            return self.text("write-tree", GIT_INDEX_FILE=index)

    def stage(self, base: str, blobs: Mapping[str, str | None], **env: str) -> None:
        """Put files into an index, with the permissions that they have in `base`."""
        modes = dict(self.modes(base))
        lines = [
            f"{modes.get(path, '100644')} {blob}\t{path}\0" if blob else f"0 {'0' * 40}\t{path}\0"
            for path, blob in blobs.items()
        ]
        self.raw("update-index", "-z", "--index-info", stdin="".join(lines).encode(), **env)

    def modes(self, commit: str) -> list[tuple[str, str]]:
        entries = (entry.partition("\t") for entry in self.paths("ls-tree", "-r", "-z", commit))
        return [(path, head.split()[0]) for head, _, path in entries]


def environment() -> dict[str, str]:
    """git works here, in English, and never asks anything: there is a screen in its way."""
    env = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    env.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
    return env


def reason_in(said: str) -> str:
    """The line that says what was wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = (line for line in lines if line.startswith(("fatal: ", "error: ", "! ")))
    reason = next(telling, lines[-1] if lines else "it does not say why")
    return reason.partition(": ")[2] if reason.startswith(("fatal: ", "error: ")) else reason
