"""`dojo update`, between real repositories: what is new arrives, and no text of yours is lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dojo.catalogue import Catalogue
from dojo.cli import app
from dojo.learner import plan, repository, reset
from dojo.pack import helpers
from tests import toy

STUB = "katas/q01/double.py"
TEST = "katas/q01/test_double.py"
OTHER = "katas/q01/other.py"
SHIPPED = '''\
"""Doubling."""


def double(x):
    """Twice as much.

    Args:
        x: a number.

    Returns:
        A number.
    """

    raise NotImplementedError


def also(x):
    return double(x)
'''
BODY = "    raise NotImplementedError"
ANSWERED = SHIPPED.replace(BODY, "    return 2 * x")
CLEARER = SHIPPED.replace('"""Doubling."""', '"""Doubling a number."""')
BOTH = ANSWERED.replace('"""Doubling."""', '"""Doubling a number."""')
CLASHING = SHIPPED.replace(BODY, "    raise NotImplementedError  # x may be a tensor")
FILES = {
    "conftest.py": "",
    ".gitignore": (toy.ROOT / ".gitignore").read_text(),
    "katas/q01/kata.toml": toy.KATA,
    STUB: SHIPPED,
    TEST: toy.LIGHT_TEST,
    OTHER: "x = 1\n",
}
WHO = {
    f"GIT_{role}_{what}": "a@localhost"
    for role in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


class Place:
    """A repository and its files."""

    def __init__(self, folder: Path):
        self.folder = folder

    def git(self, *args: str) -> str:
        command = ["git", *args]
        return subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    def write(self, files: dict[str, str | None]) -> None:
        for path, text in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                file.unlink()
            else:
                file.write_text(text)

    def commit(self, files: dict[str, str | None]) -> None:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "A change")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text()

    def has(self, path: str) -> bool:
        return (self.folder / path).exists()

    @property
    def status(self) -> str:
        return self.git("status", "--porcelain", "--untracked-files=all")

    def everything(self) -> dict[str, bytes]:
        """All files that are not git's, and where git stands."""
        files = (f for f in self.folder.rglob("*") if f.is_file() and ".git" not in f.parts)
        texts = {str(f.relative_to(self.folder)): f.read_bytes() for f in files}
        return texts | {"HEAD": self.git("rev-parse", "HEAD").encode()} | {"": self.status.encode()}


class Authors(Place):
    """Who write the katas, and publish them."""

    def publish(self, files: dict[str, str | None]) -> None:
        self.commit(files)
        self.git("push", "--quiet", "origin", "main")


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for name, value in (WHO | settings).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def authors(tmp_path: Path) -> Authors:
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", tmp_path / "origin.git"],
        check=True,
    )
    subprocess.run(
        ["git", "clone", "--quiet", tmp_path / "origin.git", tmp_path / "authors"],
        check=True,
        capture_output=True,
    )
    place = Authors(tmp_path / "authors")
    place.git("switch", "--quiet", "--orphan", "main")
    place.publish(dict(FILES))
    return place


@pytest.fixture
def mine(authors: Authors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A learner's clone, the working directory."""
    return cloned(tmp_path, monkeypatch)


def cloned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Place:
    url = (tmp_path / "origin.git").as_uri()
    folder = tmp_path / "mine"
    subprocess.run(["git", "clone", "--quiet", *options, url, folder], check=True)
    monkeypatch.chdir(folder)
    return Place(folder)


def dojo(*args: str) -> Result:
    result = CliRunner().invoke(app, ["update", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(*args: str) -> str:
    result = dojo(*args)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(mine: Place, sentence: str, *args: str) -> None:
    """It ends with one sentence, and nothing has changed."""
    before = mine.everything()
    result = dojo(*args)
    assert sentence in result.stderr
    assert (len(result.stderr.splitlines()), result.exit_code) == (1, 1)
    assert mine.everything() == before


def test_what_is_new_arrives(authors: Authors, mine: Place) -> None:
    new = {"katas/q02/kata.toml": "", TEST: toy.LIGHT_TEST + "\n", OTHER: None}
    authors.publish(new)
    said = done()
    assert mine.git("rev-parse", "HEAD") == authors.git("rev-parse", "HEAD")
    assert (mine.status, mine.has(OTHER), mine.read(TEST)) == ("", False, new[TEST])
    assert "new       katas/q02/kata.toml\n" in said
    assert f"changed   {TEST}\n" in said
    assert f"gone      {OTHER}\n" in said
    assert "Updated to main of origin." in said
    assert mine.git("status").count("up to date") == 1
    assert done() == "Nothing is new: you have all of main of origin.\n"


@pytest.mark.parametrize("way", ["committed", "staged", "saved"])
def test_changes_on_both_sides_are_merged(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {STUB: ANSWERED})
    authors.publish({STUB: CLEARER, "katas/q02/kata.toml": ""})
    said = done()
    assert mine.read(STUB) == BOTH
    assert f"merged    {STUB}" in said
    assert mine.has("katas/q02/kata.toml")
    assert mine.status == {"committed": "", "staged": f"M  {STUB}\n", "saved": f" M {STUB}\n"}[way]
    copies = [copy.read_text() for copy in reset.copies(mine.folder / STUB)]
    assert copies == ([] if way == "committed" else [ANSWERED])


def leave(mine: Place, way: str, files: dict[str, str | None]) -> None:
    if way == "committed":
        mine.commit(files)
        return
    mine.write(files)
    if way == "staged":
        mine.git("add", "--all")


def test_a_merge_has_both_histories(authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLEARER})
    before = mine.git("rev-parse", "HEAD")
    done()
    parents = mine.git("rev-parse", "HEAD^1", "HEAD^2")
    assert parents == before + authors.git("rev-parse", "HEAD")
    assert mine.git("show", f"HEAD:{STUB}") == BOTH
    assert "dojo update: merge main of origin" in mine.git("reflog", "-1")
    assert mine.git("rev-parse", "--abbrev-ref", "HEAD") == "main\n"


@pytest.mark.parametrize("way", ["committed", "staged", "saved"])
def test_a_conflict_leaves_your_file_as_it_is(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {STUB: ANSWERED})
    authors.publish({STUB: CLASHING, OTHER: "x = 2\n"})
    result = dojo()
    assert (result.exit_code, result.stderr) == (1, "")
    assert (mine.read(STUB), mine.read(OTHER)) == (ANSWERED, "x = 2\n")
    assert f"conflict  {STUB}: yours stays; the merge goes to double.py.new\n" in result.stdout
    assert "choose between the marked lines" in result.stdout.splitlines()[-1]
    marked = mine.read(f"{STUB}.new")
    assert "<<<<<<< yours\n    return 2 * x\n" in marked
    assert "x may be a tensor\n>>>>>>> new\n" in marked
    assert mine.status == {"committed": "", "staged": f"M  {STUB}\n", "saved": f" M {STUB}\n"}[way]
    assert done().startswith("Nothing is new")


def test_the_file_beside_is_no_module(authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLASHING})
    dojo()
    kata = Catalogue(mine.folder).kata("q01")
    assert helpers(kata) == ["other"]
    command = [*toy.PYTEST, "--collect-only", "-q", "-p", "no:randomly", "katas"]
    env = {**os.environ, "PYTHONPATH": str(toy.ROOT)}
    out = subprocess.run(command, cwd=mine.folder, env=env, capture_output=True, text=True).stdout
    assert "2 tests collected" in out
    assert ".new" not in out


def test_a_text_to_settle_is_never_overwritten(authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    mine.write({f"{STUB}.new": "half settled"})
    authors.publish({STUB: CLASHING})
    assert "the merge goes to double.py-2.new" in dojo().stdout
    assert mine.read(f"{STUB}.new") == "half settled"
    assert "<<<<<<< yours" in mine.read("katas/q01/double.py-2.new")


@pytest.mark.parametrize("way", ["committed", "saved"])
@pytest.mark.parametrize("text", [ANSWERED, None])
def test_a_file_that_is_given_out_no_more(
    way: str, text: str | None, authors: Authors, mine: Place
) -> None:
    leave(mine, way, {STUB: text})
    authors.publish({STUB: None})
    said = done()
    assert mine.has(STUB) == bool(text)
    assert (f"gone      {STUB}: you changed it, and yours stays\n" in said) == bool(text)
    if text:
        assert mine.read(STUB) == text
        assert mine.status == ("" if way == "committed" else f"?? {STUB}\n")


@pytest.mark.parametrize("way", ["committed", "saved"])
def test_a_file_that_you_deleted_stays_away(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {OTHER: None})
    authors.publish({OTHER: "x = 2\n"})
    assert f"{OTHER}: you deleted it, and it stays away" in done()
    assert not mine.has(OTHER)
    assert mine.status == ("" if way == "committed" else f" D {OTHER}\n")


RENAMED = "katas/q01/twice.py"


@pytest.mark.parametrize("way", ["committed", "staged", "saved"])
def test_your_answer_follows_a_rename(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {STUB: ANSWERED})
    authors.publish({STUB: None, RENAMED: CLEARER})
    assert f"merged    {RENAMED}, was {STUB}" in done()
    assert (mine.has(STUB), mine.read(RENAMED)) == (False, BOTH)
    copies = [copy.read_text() for copy in reset.copies(mine.folder / STUB)]
    assert copies == ([] if way == "committed" else [ANSWERED])


@pytest.mark.parametrize("way", ["committed", "saved"])
def test_a_rename_that_cannot_be_merged(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {STUB: ANSWERED})
    authors.publish({STUB: None, RENAMED: CLASHING})
    result = dojo()
    assert result.exit_code == 1
    assert (mine.read(STUB), mine.read(RENAMED)) == (ANSWERED, CLASHING)
    assert f"conflict  {STUB}: yours stays; it is {RENAMED} now\n" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("bring your lines over to it.")


def test_a_rename_onto_a_file_of_your_own(authors: Authors, mine: Place) -> None:
    mine.write({RENAMED: "mine\n"})
    authors.publish({STUB: None, RENAMED: SHIPPED})
    assert dojo().exit_code == 1
    assert (mine.read(RENAMED), mine.has(STUB)) == ("mine\n", False)
    assert mine.read(f"{RENAMED}.new") == SHIPPED


def test_a_plain_rename(authors: Authors, mine: Place) -> None:
    authors.publish({STUB: None, RENAMED: SHIPPED})
    assert f"moved     {RENAMED}, was {STUB}\n" in done()
    assert (mine.has(STUB), mine.read(RENAMED), mine.status) == (False, SHIPPED, "")


@pytest.mark.parametrize("name", ["katas/q01/notes.py", "katas/q01/.notes.bak"])
def test_files_that_git_does_not_know_are_never_overwritten(
    name: str, authors: Authors, mine: Place
) -> None:
    """Ignored ones neither."""
    mine.write({name: "mine\n", "katas/q01/same.py": "same\n"})
    authors.write({name: "theirs\n", "katas/q01/same.py": "same\n"})
    authors.git("add", "--force", name)
    authors.publish({})
    result = dojo()
    assert result.exit_code == 1
    assert (mine.read(name), mine.read(f"{name}.new")) == ("mine\n", "theirs\n")
    assert mine.status == f" M {name}\n"


def test_a_file_in_the_way_of_a_folder(authors: Authors, mine: Place) -> None:
    mine.write({"katas/q02": "mine\n"})
    authors.publish({"katas/q02/kata.toml": ""})
    refused(mine, "katas/q02 is in the way of a new folder.")


def test_a_text_in_the_index_alone_is_merged_too(authors: Authors, mine: Place) -> None:
    """Three texts of one file: committed, staged, saved."""
    mine.write({STUB: ANSWERED})
    mine.git("add", STUB)
    mine.write({STUB: ANSWERED.replace("2 * x", "x + x")})
    authors.publish({STUB: CLEARER})
    done()
    assert mine.git("show", f":{STUB}") == BOTH
    assert mine.read(STUB) == BOTH.replace("2 * x", "x + x")
    assert mine.git("show", f"HEAD:{STUB}") == CLEARER


def test_what_the_update_is_not_about_stays(authors: Authors, mine: Place) -> None:
    mine.write({OTHER: "x = 3\n", "mine.txt": "mine\n", "staged.txt": "mine\n"})
    mine.git("add", "staged.txt")
    before = mine.status
    authors.publish({TEST: "\n"})
    done()
    assert (mine.status, mine.read(OTHER)) == (before, "x = 3\n")


def test_a_file_that_git_was_told_to_overlook(authors: Authors, mine: Place) -> None:
    mine.git("update-index", "--assume-unchanged", STUB)
    mine.write({STUB: ANSWERED})
    authors.publish({STUB: CLASHING})
    assert dojo().exit_code == 1
    assert mine.read(STUB) == ANSWERED


def test_a_file_that_was_saved_without_a_change(authors: Authors, mine: Place) -> None:
    os.utime(mine.folder / STUB, (1, 1))
    os.utime(mine.folder / TEST, (1, 1))
    authors.publish({STUB: CLEARER})
    assert f"changed   {STUB}\n" in done()
    assert (mine.read(STUB), mine.status) == (CLEARER, "")


def test_ends_of_lines_are_no_change(authors: Authors, mine: Place) -> None:
    authors.publish({".gitattributes": "* text=auto eol=lf\n"})
    done()
    (mine.folder / STUB).write_bytes(SHIPPED.replace("\n", "\r\n").encode())
    authors.publish({STUB: CLEARER})
    assert f"changed   {STUB}\n" in done()
    assert (mine.read(STUB), mine.status) == (CLEARER, "")


def test_files_that_are_no_texts(authors: Authors, mine: Place) -> None:
    picture = "katas/q01/picture.png"
    authors.publish({picture: "\0one"})
    done()
    mine.commit({picture: "\0two"})
    authors.publish({picture: "\0three"})
    assert dojo().exit_code == 1
    assert (mine.read(picture), mine.read(f"{picture}.new")) == ("\0two", "\0three")


def test_an_executable_and_a_link_stay_that(authors: Authors, mine: Place, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(ANSWERED)
    (mine.folder / STUB).unlink()
    (mine.folder / STUB).symlink_to(answer)
    (mine.folder / OTHER).chmod(0o755)
    authors.publish({STUB: CLEARER, OTHER: "x = 2\n"})
    assert dojo().exit_code == 1
    assert (mine.folder / STUB).is_symlink()
    assert answer.read_text() == ANSWERED
    assert mine.read(f"{STUB}.new") == CLEARER
    assert os.access(mine.folder / OTHER, os.X_OK)
    assert mine.read(OTHER) == "x = 2\n"


@pytest.mark.parametrize("way", ["committed", "saved"])
def test_a_dry_run_changes_nothing(way: str, authors: Authors, mine: Place) -> None:
    leave(mine, way, {STUB: ANSWERED})
    authors.publish({STUB: CLASHING, OTHER: "x = 2\n"})
    before = mine.everything()
    result = dojo("--dry-run")
    assert result.exit_code == 1
    assert f"changed   {OTHER}\n" in result.stdout
    assert f"conflict  {STUB}" in result.stdout
    assert result.stdout.endswith("Nothing was changed.\n")
    assert mine.everything() == before


def test_the_way_back(authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    before = mine.everything()
    authors.publish({STUB: CLEARER, OTHER: None})
    said = done()
    follow(mine, said)
    assert mine.everything() == before


@pytest.mark.parametrize("way", ["staged", "saved"])
@pytest.mark.parametrize("theirs", [CLEARER, CLASHING])
def test_the_way_back_to_texts_that_were_not_committed(
    theirs: str, way: str, authors: Authors, mine: Place
) -> None:
    """Also to files that git did not know; it knows them then."""
    leave(mine, way, {STUB: ANSWERED, "conftest.py": "# mine\n"})
    mine.write({"notes.txt": "mine\n", OTHER: None})
    before = mine.everything()
    authors.publish({STUB: theirs, "notes.txt": "theirs\n", OTHER: "x = 2\n", TEST: "\n"})
    follow(mine, dojo().stdout)
    after = mine.everything()
    after[""] = after[""].replace(b"A  notes.txt", b"?? notes.txt") if way == "saved" else after[""]
    assert {name: after[name] for name in before} == before
    assert OTHER not in after


def follow(mine: Place, said: str) -> None:
    way = said.partition("The way back: ")[2].partition(".\n")[0]
    for command in way.split(", "):
        mine.git(*command.split()[1:])


def test_other_packages(authors: Authors, mine: Place) -> None:
    authors.publish({"pyproject.toml": ""})
    assert "pip install -e . once more." in done()


def test_a_reset_gives_the_new_stub(authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLASHING, TEST: toy.LIGHT_TEST + "\n"})
    assert dojo().exit_code == 1
    assert CliRunner().invoke(app, ["reset", "q01/double", "--yes"]).exit_code == 0
    assert mine.read(STUB) == CLASHING


def test_names_beyond_ascii(authors: Authors, mine: Place) -> None:
    name = 'katas/q01/größe "und" maß.txt'
    authors.publish({name: "1\n2\n3\n4\n5\n"})
    done()
    mine.write({name: "1\n2\n3\n4\n5 mine\n"})
    authors.publish({name: "1 theirs\n2\n3\n4\n5\n"})
    assert f"merged    {name}" in done()
    assert mine.read(name) == "1 theirs\n2\n3\n4\n5 mine\n"


# Where it cannot be done


def test_a_folder_without_git(mine: Place, authors: Authors) -> None:
    authors.publish({OTHER: "x = 2\n"})
    shutil.rmtree(mine.folder / ".git")
    result = dojo()
    assert "This folder is no git clone" in result.stderr
    assert (result.exit_code, mine.read(OTHER)) == (1, "x = 1\n")


def test_a_machine_without_git(mine: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(mine.folder))
    result = dojo()
    assert (result.exit_code, result.stderr.count("There is no git on PATH")) == (1, 1)


def test_remotes(authors: Authors, mine: Place) -> None:
    authors.publish({OTHER: "x = 2\n"})
    mine.git("remote", "rename", "origin", "katas")
    refused(mine, "There is no remote origin to update from. There are: katas.")
    assert "Updated to main of katas." in done("katas")
    mine.git("remote", "remove", "katas")
    refused(mine, "There is no remote origin to update from.")
    refused(mine, "There is no remote --all", "--", "--all")


def test_a_remote_that_is_gone_or_empty(mine: Place, tmp_path: Path) -> None:
    mine.git("remote", "set-url", "origin", str(tmp_path / "nowhere"))
    refused(mine, "origin does not answer: git says: ")
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "nowhere"], check=True)
    refused(mine, "origin is empty")


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of somebody who takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("scheme", ["git", "http"])
def test_a_remote_that_says_nothing(
    scheme: str, mine: Place, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "PATIENCE", 1.0)
    mine.git("remote", "set-url", "origin", f"{scheme}://127.0.0.1:{silent}/katas.git")
    refused(mine, "origin does not answer. Try again later.")


def test_on_no_branch(authors: Authors, mine: Place) -> None:
    authors.publish({OTHER: "x = 2\n"})
    mine.git("switch", "--quiet", "--detach")
    refused(mine, "You are on no branch: `git switch -c mine`, and update then.")


def test_another_branch_is_updated_as_well(authors: Authors, mine: Place) -> None:
    authors.publish({OTHER: "x = 2\n"})
    mine.git("switch", "--quiet", "-c", "mine")
    done()
    assert (mine.read(OTHER), mine.status) == ("x = 2\n", "")


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick"])
def test_something_is_unfinished(way: str, authors: Authors, mine: Place) -> None:
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLASHING})
    mine.git("fetch", "--quiet")
    subprocess.run(["git", way, "origin/main"], cwd=mine.folder, check=False, capture_output=True)
    refused(mine, "A merge or rebase is unfinished here")


def test_another_history(authors: Authors, mine: Place) -> None:
    authors.git("switch", "--quiet", "--orphan", "fresh")
    authors.commit(FILES | {OTHER: "x = 2\n"})
    authors.git("push", "--quiet", "--force", "origin", "fresh:main")
    refused(mine, "no commit in common")


def test_no_commit_yet(authors: Authors, mine: Place) -> None:
    shutil.rmtree(mine.folder / ".git")
    mine.git("init", "--quiet")
    result = dojo()
    assert (result.exit_code, "There is no commit here yet" in result.stderr) == (1, True)


def test_a_shallow_clone(authors: Authors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authors.publish({OTHER: "x = 2\n"})
    mine = cloned(tmp_path, monkeypatch, "--depth=1")
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLEARER})
    done()
    assert (mine.read(STUB), mine.status) == (BOTH, "")


def test_a_shallow_clone_of_commits_that_were_taken_back(
    authors: Authors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The common ancestor lies before what was cloned."""
    authors.publish({OTHER: "x = 2\n"})
    mine = cloned(tmp_path, monkeypatch, "--depth=1")
    authors.git("reset", "--quiet", "--hard", "HEAD^")
    authors.commit({STUB: CLEARER})
    authors.git("push", "--quiet", "--force", "origin", "main")
    done()
    assert (mine.read(STUB), mine.read(OTHER), mine.status) == (CLEARER, "x = 2\n", "")


def test_a_sparse_checkout(authors: Authors, mine: Place) -> None:
    authors.publish({"katas/q02/kata.toml": "", "tests/big.txt": "1\n"})
    done()
    mine.git("sparse-checkout", "set", "katas")
    authors.publish({"tests/big.txt": "2\n", OTHER: "x = 2\n"})
    done()
    assert (mine.status, mine.read(OTHER), mine.has("tests")) == ("", "x = 2\n", False)


def test_a_clone_in_a_linked_work_tree(
    authors: Authors, mine: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = Place(tmp_path / "linked")
    monkeypatch.chdir(linked.folder)
    linked.write({STUB: ANSWERED})
    authors.publish({STUB: CLEARER})
    done()
    assert (linked.read(STUB), mine.read(STUB), mine.status) == (BOTH, SHIPPED, "")


def test_nobody_has_told_git_who_they_are(
    authors: Authors, mine: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.commit({STUB: ANSWERED})
    authors.publish({STUB: CLEARER})
    for name in WHO:
        monkeypatch.delenv(name)
    mine.git("config", "user.useConfigOnly", "true")
    done()
    assert mine.git("log", "-1", "--format=%an") == "dojo update\n"


def test_another_git_is_at_work(authors: Authors, mine: Place) -> None:
    authors.publish({OTHER: "x = 2\n"})
    lock = mine.folder / ".git/index.lock"
    lock.touch()
    refused(mine, "Another git is at work here.")
    lock.unlink()
    done()


def test_a_folder_that_cannot_be_written(
    authors: Authors, mine: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    authors.publish({OTHER: "x = 2\n", "conftest.py": "\n"})
    folder = mine.folder / "katas/q01"
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != folder)
    refused(mine, "katas/q01 cannot be written, so nothing was changed.")
    assert not mine.has(".git/index.lock")


# In the middle of it

Step = Callable[..., Iterator[object] | None]


@pytest.mark.parametrize("step", ["put_beside", "write_by_hand"])
def test_ctrl_c_waits_until_all_is_whole(
    step: str, authors: Authors, mine: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.write({STUB: ANSWERED})
    authors.publish({STUB: CLEARER, OTHER: "x = 2\n"})
    usual: Step = getattr(plan.Plan, step)

    def interrupted(self: plan.Plan) -> object:
        signal.raise_signal(signal.SIGINT)
        return usual(self)

    monkeypatch.setattr(plan.Plan, step, interrupted)
    assert CliRunner().invoke(app, ["update"]).exit_code != 0
    assert (mine.read(STUB), mine.read(OTHER), mine.status) == (BOTH, "x = 2\n", f" M {STUB}\n")
    assert done().startswith("Nothing is new")


def test_ctrl_c_while_the_remote_is_asked(
    mine: Place, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.git("remote", "set-url", "origin", f"git://127.0.0.1:{silent}/katas.git")
    before = mine.everything()

    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    assert CliRunner().invoke(app, ["update"]).exit_code != 0
    monkeypatch.undo()
    assert mine.everything() == before


@pytest.mark.parametrize("step", ["put_beside", "write_by_hand"])
@pytest.mark.parametrize("mine_is", ["merged", "a conflict"])
def test_an_update_that_broke_off_goes_on(
    step: str, mine_is: str, authors: Authors, mine: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that was full, or where the process was killed."""
    mine.write({STUB: ANSWERED})
    authors.publish({STUB: CLEARER if mine_is == "merged" else CLASHING, OTHER: "x = 2\n"})
    usual: Step = getattr(plan.Plan, step)

    def full(self: plan.Plan) -> None:
        list(usual(self) or ())
        raise OSError(28, "No space left on device", "double.py")

    with monkeypatch.context() as broken:
        broken.setattr(plan.Plan, step, full)
        result = dojo()
    assert "double.py cannot be written: No space left on device." in result.stderr
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert dojo().exit_code == (mine_is == "a conflict")
    assert mine.read(STUB) == (BOTH if mine_is == "merged" else ANSWERED)
    assert (mine.read(OTHER), mine.status) == ("x = 2\n", f" M {STUB}\n")
    assert not mine.has("katas/q01/double.py-2.new")
    assert done().startswith("Nothing is new")
