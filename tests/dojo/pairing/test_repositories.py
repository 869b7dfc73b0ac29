"""`dojo pair` in a repository in any state, and with a remote that does not take part."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.dojo.pairing.machines import BRANCH, RIGHT, SHIPPED, STUB, WITH, Machine, env_of

pytestmark = pytest.mark.timeout(120)


def test_what_was_changed_before_is_taken_along_or_left(ada: Machine) -> None:
    ada.write("# mine\n" + SHIPPED)
    (ada.root / "pyproject.toml").write_text("# dirty\n")
    (ada.root / "new.txt").write_text("staged\n")
    ada.git("add", "new.txt")
    said = ada.dojo("start", "q01", *WITH)
    assert "Your changes in double.py are taken along." in said
    assert "2 other changes stay as they are." in said
    assert ada.tip() == "# mine\n" + SHIPPED
    ada.dojo("done")
    assert ada.git("status", "--porcelain").split("\n") == ["A  new.txt", " M pyproject.toml"]


def test_a_staged_stub_stays_staged(ada: Machine) -> None:
    ada.write("# staged\n")
    ada.git("add", STUB)
    ada.write(RIGHT)
    ada.dojo("start", "q01", *WITH)
    ada.dojo("next")
    assert ada.git("show", f":{STUB}") == "# staged"
    ada.dojo("done")
    assert ada.git("show", f":{STUB}") == "# staged"
    assert ada.git("show", f"main:{STUB}") + "\n" == RIGHT


def test_a_detached_head_keeps_the_branch(ada: Machine) -> None:
    ada.git("checkout", "--quiet", "--detach")
    assert "You are on no branch" in ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    assert f"The work is on {BRANCH}." in ada.dojo("done")
    assert ada.tip() == RIGHT


def test_no_git_and_turns_are_timed_all_the_same(ada: Machine) -> None:
    shutil.rmtree(ada.root / ".git")
    assert "There is no git repository here" in ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    assert "Grace drives" in ada.dojo("next")
    ada.dojo("done")
    assert ada.stub.read_text() == RIGHT
    assert "They changed places 1 time." in ada.summary


def test_no_git_program(ada: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "There is no git repository here" in ada.dojo("start", "q01", *WITH)


def test_no_commit_yet(ada: Machine) -> None:
    shutil.rmtree(ada.root / ".git")
    ada.git("init", "--quiet")
    assert "has no commit yet" in ada.dojo("start", "q01", *WITH, status=1)


def test_an_unfinished_merge(ada: Machine) -> None:
    (ada.root / ".git/MERGE_HEAD").write_text(ada.git("rev-parse", "HEAD") + "\n")
    assert "A merge is unfinished here" in ada.dojo("start", "q01", *WITH, status=1)
    assert ada.git("branch", "--list", "pair/*") == ""


@pytest.mark.parametrize("sign", ["MERGE_HEAD", "rebase-merge", "rebase-apply"])
def test_something_unfinished_at_the_end(sign: str, ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    if sign.startswith("rebase"):
        (ada.root / ".git" / sign).mkdir()
    else:
        (ada.root / ".git" / sign).write_text(ada.git("rev-parse", "HEAD") + "\n")
    assert "is unfinished here" in ada.dojo("done", status=1)
    ada.dojo("next")
    assert ada.tip() == RIGHT
    assert ada.git("log", "--format=%s", "main") == "A kata"


def test_another_branch_at_the_end(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.git("switch", "--quiet", "-c", "other")
    assert "You came from main, and are on other now" in ada.dojo("done", status=1)
    ada.git("switch", "--quiet", "main")
    ada.dojo("done")


def test_on_the_branch_itself_nothing_is_done(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.git("switch", "--quiet", BRANCH)
    ada.write(RIGHT)
    assert "switch` to your own branch" in ada.dojo("next", status=1)
    assert ada.stub.read_text() == RIGHT


def test_the_branch_is_gone(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.git("branch", "-D", BRANCH)
    ada.write(RIGHT)
    for command in ("next", "done"):
        said = ada.dojo(command, status=1)
        assert f"{BRANCH} is gone: `dojo pair` makes it anew, with your files." in said
    assert f"{BRANCH} was gone: it begins anew, with your files." in ada.dojo("start")
    assert ada.tip() == ada.stub.read_text() == RIGHT
    assert "One commit of both on main" in ada.dojo("done")


def test_own_commits_meanwhile(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    (ada.root / "new.txt").write_text("")
    ada.git("add", "new.txt")
    ada.git("commit", "--quiet", "-m", "Something else")
    ada.write(RIGHT)
    ada.dojo("done")
    assert ada.git("log", "--format=%s").splitlines()[1:] == ["Something else", "A kata"]
    assert ada.git("status", "--porcelain") == ""


def test_an_index_that_is_locked(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    lock = ada.root / ".git/index.lock"
    lock.touch()
    ada.dojo("next")
    assert "main stays as it is" in ada.dojo("done", status=1)
    assert ada.git("log", "--format=%s", "main") == "A kata"
    lock.unlink()
    ada.dojo("done")
    assert ada.git("show", f"main:{STUB}") + "\n" == RIGHT
    assert ada.git("status", "--porcelain") == ""


def test_a_checkout_within_a_repository(ada: Machine, tmp_path: Path) -> None:
    shutil.rmtree(ada.root / ".git")
    ada.root.rename(tmp_path / "checkout")
    (ada.root / "katas/q01").mkdir(parents=True)
    (ada.root / "katas/q01/double.py").write_text("another one\n")
    inner = Machine((tmp_path / "checkout").rename(ada.root / "inner"), ada.env)
    ada.git("init", "--quiet", "--initial-branch=main")
    ada.git("add", ".")
    ada.git("commit", "--quiet", "-m", "A kata")
    inner.dojo("start", "q01", *WITH)
    inner.write(RIGHT)
    inner.dojo("done")
    assert inner.git("show", "--format=", "--name-only") == f"inner/{STUB}"
    assert ada.git("status", "--porcelain") == ""


def test_line_ends_of_another_system(ada: Machine, grace: Machine) -> None:
    grace.git("config", "core.autocrlf", "true")
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("next")
    grace.stub.write_bytes((SHIPPED + "# Grace\n").replace("\n", "\r\n").encode())
    grace.dojo("next")
    both = "# Ada\n" + SHIPPED + "# Grace\n"
    assert grace.stub.read_bytes() == both.replace("\n", "\r\n").encode()
    assert grace.tip() == both


def test_a_stub_that_cannot_be_written(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write(RIGHT)
    ada.dojo("next")
    draft = grace.stub.with_name(f".{grace.stub.name}.new")
    draft.mkdir()  # where the new text would be written first
    assert "cannot be written" in grace.dojo("start", status=1)
    draft.rmdir()
    grace.dojo("start")
    assert grace.stub.read_text() == RIGHT


def test_a_remote_that_refuses(ada: Machine, hub: Path) -> None:
    hook = hub / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert "origin refuses" in ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    said = ada.dojo("next")
    assert f"origin refuses {BRANCH}" in said
    assert "pre-receive hook declined" in said
    assert ada.tip() == RIGHT
    ada.dojo("done")
    assert ada.git("show", f"main:{STUB}") + "\n" == RIGHT


def test_a_remote_that_is_gone_at_the_end(ada: Machine, grace: Machine, hub: Path) -> None:
    """What the other machine may have typed is not left out."""
    ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    hub.rename(hub.with_name("away"))
    assert "origin cannot be reached" in ada.dojo("done", status=1)
    assert ada.git("log", "--format=%s", "main") == "A kata"
    assert ada.tip() == RIGHT
    hub.with_name("away").rename(hub)
    ada.dojo("done")


def test_another_repository_under_that_name(ada: Machine, hub: Path, tmp_path: Path) -> None:
    ada.dojo("start", "q01", *WITH)
    shutil.rmtree(hub)
    ada.git("init", "--quiet", "--bare", str(hub))
    stranger = Machine(tmp_path / "stranger", env_of("Stranger", tmp_path / "home"))
    shutil.copytree(ada.root, stranger.root, ignore=shutil.ignore_patterns(".git"))
    stranger.git("init", "--quiet", "--initial-branch=main")
    stranger.git("add", ".")
    stranger.git("commit", "--quiet", "-m", "Another beginning")
    stranger.git("remote", "add", "origin", str(hub))
    stranger.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    assert "comes from another repository" in ada.dojo("next", status=1)
    assert ada.tip() == RIGHT


def test_several_pairs_at_one_kata(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.dojo("start", "q01", "--with", "Ada", "Linus")
    assert "Several pairs are at q01" in grace.dojo("start", "q01", status=1)
    assert "Ada drives, Linus navigates." in grace.dojo("start", "q01", "--with", "Linus", "Ada")
