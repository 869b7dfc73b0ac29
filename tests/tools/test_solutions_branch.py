"""`nox -s solutions`: a branch with every stub solved, and nothing else touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.runner.messages import Request, Result
from tests import toy

pytestmark = pytest.mark.timeout(200)
IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Learner"), ("EMAIL", "learner@example.com"))
}


def git(folder: Path, *command: str) -> str:
    env = {**os.environ, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull}
    run = subprocess.run(
        ["git", *command], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def write_branch(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.solutions_branch"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(toy.ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    toy.build(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start")
    return folder


def state(folder: Path) -> list[str]:
    """Branch, index and work tree."""
    return [
        git(folder, "rev-parse", "main"),
        git(folder, "symbolic-ref", "HEAD"),
        git(folder, "status", "--porcelain", "--ignored"),
        git(folder, "ls-files", "-s"),
    ]


def test_the_branch_is_green_and_nothing_else_changes(
    checkout: Path, tmp_path: Path, judge: Callable[[Request], Result]
) -> None:
    before = state(checkout)
    run = write_branch(checkout)
    assert (run.returncode, run.stderr) == (0, "")
    assert state(checkout) == before
    assert git(checkout, "rev-parse", "solutions^") == git(checkout, "rev-parse", "main")
    changed = git(checkout, "diff", "--name-only", "main..solutions")
    assert changed == "katas/q01/double.py"
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "-b", "solutions", str(checkout), str(copy))
    assert judge(Request(["katas"], cwd=str(copy))).status == 0


def test_a_second_run_changes_nothing(checkout: Path) -> None:
    write_branch(checkout)
    first = git(checkout, "rev-parse", "solutions")
    run = write_branch(checkout)
    assert run.stdout == "The branch solutions is up to date.\n"
    assert git(checkout, "rev-parse", "solutions") == first


def test_it_follows_the_current_commit(checkout: Path) -> None:
    write_branch(checkout)
    (checkout / "notes.txt").write_text("more\n")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "More")
    assert write_branch(checkout).returncode == 0
    assert git(checkout, "rev-parse", "solutions^") == git(checkout, "rev-parse", "main")


def test_unfinished_work_stays_as_it_is(checkout: Path) -> None:
    """Whoever looks at the solutions has edited stubs, begun a kata, and committed none of it."""
    names = ("katas/q01/double.py", "katas/q01/kata.toml", "katas/q02/kata.toml", "staged")
    for name in names:
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text(f"my own {name}")
    git(checkout, "add", "staged")
    before = state(checkout)
    run = write_branch(checkout)
    assert (run.returncode, run.stderr) == (0, "")
    assert state(checkout) == before
    assert all((checkout / name).read_text() == f"my own {name}" for name in names)
    assert git(checkout, "diff", "--name-only", "main..solutions") == "katas/q01/double.py"
    solution = git(checkout, "show", "main:solutions/q01/double.py")
    assert git(checkout, "show", "solutions:katas/q01/double.py") == solution


def detach(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "--detach")


def forget_git(checkout: Path) -> None:
    (checkout / ".git").rename(checkout / "not-git")


def check_it_out(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "-b", "solutions")


def use_the_name(checkout: Path) -> None:
    git(checkout, "branch", "solutions")


REFUSALS = [
    (detach, "The head is detached: switch to a branch first."),
    (forget_git, "This is no git checkout with a commit: there is nothing to branch from."),
    (check_it_out, "The branch solutions is checked out: switch to another branch first."),
    (use_the_name, "The branch solutions holds other work: rename it first."),
]


@pytest.mark.parametrize(("spoil", "sentence"), REFUSALS)
def test_it_refuses(checkout: Path, spoil: Callable[[Path], None], sentence: str) -> None:
    spoil(checkout)
    run = write_branch(checkout)
    assert (run.returncode, run.stderr.strip()) == (1, sentence)
    assert run.stdout == ""
