"""Write the local branch `solutions`: the current commit with every stub solved.

Made of git's plumbing from the commit alone, with an index of its own. So the working tree, with
whatever is not committed in it, the index and the current branch stay as they are. The same
commit gives the same branch, so a second run changes nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BRANCH = "refs/heads/solutions"
MESSAGE = "Every stub replaced by its solution\n\nWritten by nox -s solutions.\n"


def git(*command: str, **env: str) -> str:
    """What a git command prints; ends the program with git's last words if it fails."""
    run = subprocess.run(
        ["git", *command], env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    if run.returncode:
        sys.exit(f"git {command[0]}: {run.stderr.strip() or 'failed'}")
    return run.stdout.strip()


def succeeds(*command: str) -> bool:
    return subprocess.run(["git", *command], capture_output=True, check=False).returncode == 0


def refuse_unless_safe() -> None:
    if not succeeds("rev-parse", "--verify", "HEAD"):
        sys.exit("This is no git checkout with a commit: there is nothing to branch from.")
    if not succeeds("symbolic-ref", "-q", "HEAD"):
        sys.exit("The head is detached: switch to a branch first.")
    if f"branch {BRANCH}" in git("worktree", "list", "--porcelain").splitlines():
        sys.exit("The branch solutions is checked out: switch to another branch first.")
    exists = succeeds("rev-parse", "--verify", BRANCH)
    if exists and git("log", "-1", "--format=%B", BRANCH) != MESSAGE.strip():
        sys.exit("The branch solutions holds other work: rename it first.")


def solved_tree() -> str:
    """The tree of HEAD with the solutions in the place of the stubs."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        git("read-tree", "HEAD", **index)
        for entry in git("ls-tree", "-r", "HEAD", "solutions/").splitlines():
            mode, _, blob, path = entry.split(maxsplit=3)
            if path.endswith(".py"):
                stub = path.replace("solutions", "katas", 1)
                git("update-index", "--cacheinfo", f"{mode},{blob},{stub}", **index)
        return git("write-tree", **index)


def commit(tree: str) -> str:
    """A commit on top of HEAD with HEAD's author and dates: the same one every time."""
    names = ("AUTHOR_NAME", "AUTHOR_EMAIL", "AUTHOR_DATE")
    names += ("COMMITTER_NAME", "COMMITTER_EMAIL", "COMMITTER_DATE")
    values = git("log", "-1", "--format=%an%n%ae%n%ad%n%cn%n%ce%n%cd", "--date=raw").splitlines()
    env = {f"GIT_{name}": value for name, value in zip(names, values, strict=True)}
    return git("commit-tree", tree, "-p", "HEAD", "-m", MESSAGE, **env)


def main() -> None:
    refuse_unless_safe()
    os.chdir(git("rev-parse", "--show-toplevel"))
    new = commit(solved_tree())
    if succeeds("rev-parse", "--verify", BRANCH) and git("rev-parse", BRANCH) == new:
        print("The branch solutions is up to date.")
        return
    git("update-ref", "-m", "nox -s solutions", BRANCH, new)
    print(
        "The branch solutions holds the current commit with every stub solved: git switch solutions"
    )


if __name__ == "__main__":
    main()
