"""A task holds what a candidate needs, and nothing that spoils it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dojo.catalogue import Catalogue
from dojo.contract import tests_of as functions_of
from dojo.pack import pack
from examiner import export as exporting
from examiner import spoilers
from examiner.cli import app
from examiner.export import Order, export
from examiner.model import ExaminerError
from examiner.submission import read_submission
from tests import toy
from tests.examiner.boards import board

KATAS = Catalogue(toy.ROOT).katas
ALLOWED = {
    *("dojo", "lab", "katas"),
    *(".gitignore", "LICENSE", "NOTES.md", "TASK.md", "conftest.py", "pyproject.toml", "task.json"),
}
SPOILING = ("solutions", "tests", "examiner")
LONG = 40  # characters: what is shorter may be in two files by chance


def git(folder: Path, *command: str) -> str:
    run = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def given(folder: Path, **asked: object) -> Path:
    """The task that is exported from this checkout."""
    export(toy.ROOT, folder, Order(**asked))  # type: ignore[arg-type]
    return folder


def texts(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts]
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in files
        if file.suffix != ".png"
    }


def holds_today(kata: str) -> list[str]:
    """The longer lines of the section of a README that spoils the quick check."""
    text = (toy.ROOT / "katas" / kata / "README.md").read_text("utf-8")
    return [line for line in text.partition("## What holds today")[2].splitlines() if line[LONG:]]


@pytest.mark.parametrize("kata", KATAS)
def test_every_kata_can_be_given_without_spoiling_it(kata: str, tmp_path: Path) -> None:
    folder = given(tmp_path / "task", katas=(kata,))
    names = git(folder, "ls-files").splitlines()
    pictures = {name for name in names if name.startswith("docs/") and name.endswith(".png")}
    assert {name.split("/")[0] for name in {*names} - pictures} == ALLOWED
    assert git(folder, "status", "--porcelain", "--ignored") == ""
    assert git(folder, "log", "--format=%an %cn %s %D") == (
        "tf-katas tf-katas The task, as it was given out HEAD -> main"
    )
    there = texts(folder)
    secrets = {
        text
        for part in SPOILING
        for file in (toy.ROOT / part).rglob("*.py")
        if (text := file.read_text("utf-8")).strip()
    }
    assert secrets.isdisjoint(there.values())
    spoiling = holds_today(kata)
    assert spoiling
    assert not [line for line in spoiling for text in there.values() if line in text]
    read = Catalogue(folder).katas
    assert list(read) == [kata]
    assert [(s.id, s.minutes, s.title, s.passes_as_shipped) for s in read[kata].stubs] == [
        (s.id, s.minutes, s.title, s.passes_as_shipped) for s in KATAS[kata].stubs
    ]
    assert not any(stub.hints for stub in read[kata].stubs)


@pytest.mark.parametrize("kata", KATAS)
def test_links_lead_somewhere(kata: str, tmp_path: Path) -> None:
    folder = given(tmp_path / "task", katas=(kata,))
    for page in (folder / "TASK.md", folder / "katas" / kata / "README.md"):
        links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        assert links
        assert not [x for x in links if ":" not in x and not (page.parent / x).exists()]


@pytest.mark.timeout(200)  # two cold runs
def test_a_candidate_sees_the_board_of_the_checkout_and_hands_in(tmp_path: Path) -> None:
    folder = given(tmp_path / "task", katas=("q09",), hints=True)
    assert board(folder, "katas/q09", tmp_path) == board(toy.ROOT, "katas/q09", tmp_path)
    assert git(folder, "status", "--porcelain") == ""
    solve(folder, "q09")
    file, names, untouched = pack(folder, tmp_path / "mine.zip")
    stubs = [stub.id for stub in KATAS["q09"].stubs]
    assert names == [*(f"katas/q09/{stub}.py" for stub in stubs), "NOTES.md", "manifest.json"]
    assert untouched == []
    submission = read_submission(file, Catalogue(toy.ROOT))
    assert {name: data for name, (_, data) in submission.stubs.items()} == {
        ("q09", stub): (toy.ROOT / f"solutions/q09/{stub}.py").read_bytes() for stub in stubs
    }
    assert submission.manifest["stubs"] == [f"q09/{stub}" for stub in stubs]
    assert submission.ignored == []


def solve(folder: Path, kata: str) -> None:
    for file in (toy.ROOT / "solutions" / kata).glob("*.py"):
        (folder / "katas" / kata / file.name).write_bytes(file.read_bytes())


def test_single_stubs(tmp_path: Path) -> None:
    folder = given(tmp_path / "task", katas=("q06",), stubs=("q09/counter", "q09/momentum"))
    assert sorted(file.name for file in (folder / "katas/q09").iterdir()) == [
        *("README.md", "counter.py", "kata.toml", "momentum.py"),
        *("test_counter.py", "test_momentum.py"),
    ]
    katas = Catalogue(folder).katas
    assert katas["q06"].minutes == KATAS["q06"].minutes
    assert [stub.id for stub in katas["q09"].stubs] == ["counter", "momentum"]
    readme = (folder / "katas/q09/README.md").read_text("utf-8")
    headings = re.findall(r"^### (\d. `\w+`)", readme, re.MULTILINE)
    assert headings == ["3. `counter`", "5. `momentum`"]
    assert "test_running_total.py" not in readme
    assert "## Documentation" in readme


def test_hints_are_given_when_asked_for(tmp_path: Path) -> None:
    folder = given(tmp_path / "task", katas=("q09",), hints=True)
    assert Catalogue(folder).katas["q09"].stubs == KATAS["q09"].stubs
    for page in ("TASK.md", "katas/q09/README.md"):
        assert "--hint" in (folder / page).read_text("utf-8")
    assert json.loads((folder / "task.json").read_text("utf-8"))["hints"] is True


def test_hidden_tests_are_cut_out_and_nothing_else_is(tmp_path: Path) -> None:
    tests = functions_of(toy.ROOT / "katas/q09/test_counter.py")
    hidden = (next(iter(tests)), list(tests)[-1])
    folder = given(
        tmp_path / "task", katas=("q09",), hidden=tuple(f"q09/counter/{name}" for name in hidden)
    )
    whole = (toy.ROOT / "katas/q09/test_counter.py").read_text("utf-8")
    cut = (folder / "katas/q09/test_counter.py").read_text("utf-8")
    assert list(functions_of(folder / "katas/q09/test_counter.py")) == [
        name for name in tests if name not in hidden
    ]
    kept = [ast.get_source_segment(whole, node) or "" for node in ast.parse(whole).body]
    assert [part for part in kept if part not in cut] == [
        part for part in kept if any(f"def {name}(" in part for name in hidden)
    ]
    said = json.dumps(texts(folder))
    assert not [name for name in hidden if name in said]
    beside = json.loads((tmp_path / "task.task.json").read_text("utf-8"))
    assert beside["hidden"] == sorted(f"q09/counter/{name}" for name in hidden)
    assert beside["stubs"] == [f"q09/{stub.id}" for stub in KATAS["q09"].stubs]


def test_a_hidden_test_goes_with_its_decorators_and_comments() -> None:
    text = (
        'import pytest\n\n\n# Of the next.\n@pytest.mark.beyond\n@pytest.mark.parametrize("x", [\n'
        "    1,\n])\ndef test_a(x):\n    # within\n    assert x\n\n\nWORDS = 1  # stays\n\n\n"
        "def test_b():\n    pass\n"
    )
    rest = "import pytest\n\n\nWORDS = 1  # stays\n"
    assert spoilers.without_tests(text, {"test_a", "test_b"}) == rest
    assert spoilers.without_tests(text, set()) == text


def test_an_exception_that_is_declared_for_a_hidden_test_is_not_told(tmp_path: Path) -> None:
    kata, stub = next(
        (kata.id, stub) for kata in KATAS.values() for stub in kata.stubs if stub.passes_as_shipped
    )
    test = next(iter(stub.passes_as_shipped))
    folder = given(
        tmp_path / "task", stubs=(f"{kata}/{stub.id}",), hidden=(f"{kata}/{stub.id}/{test}",)
    )
    assert test not in json.dumps(texts(folder))


def test_the_time_box(tmp_path: Path) -> None:
    whole = given(tmp_path / "whole", stubs=("q09/counter", "q09/running_total"))
    assert "Take about 35 minutes, and then stop." in (whole / "TASK.md").read_text("utf-8")
    boxed = given(tmp_path / "boxed", katas=("q03", "q09"), hours=2.5, id="ada-7")
    page = (boxed / "TASK.md").read_text("utf-8")
    assert "Take 2 hours and 30 minutes, and then stop." in page
    assert "about 3 hours and 20 minutes" in page
    assert "`ada-7.zip`" in page
    assert json.loads((boxed / "task.json").read_text("utf-8"))["id"] == "ada-7"


def test_what_is_installed_is_no_examiner(tmp_path: Path) -> None:
    text = (given(tmp_path / "task", katas=("q09",)) / "pyproject.toml").read_text("utf-8")
    assert 'dojo = "dojo.__main__:main"' in text
    assert "tensorflow>=" in text
    assert not [word for word in ("examiner", "solutions", "mypy", "ruff") if word in text]


def test_readmes_without_what_is_not_there(tmp_path: Path) -> None:
    text = (
        "# q01\n\n## 1. `kept`\n\n```\n## What holds today\n```\n\n## 2. Gone (`gone.py`)\n\n"
        "### Under it\n\ngone\n\n## 3. `later`\n\n[words](../no.md), ![picture](no.png)\n"
        "[the\nfile](later.py), [page](https://example.com)\n\n## What holds today\n\nspoils\n"
    )
    (tmp_path / "later.py").touch()
    cut = spoilers.readme(text, {"gone"}, [], hints=False)
    assert spoilers.without_dead_links(cut, tmp_path, tmp_path) == (
        f"# q01\n\n{spoilers.A_PART}\n\n## 1. `kept`\n\n```\n## What holds today\n```\n\n"
        "## 3. `later`\n\nwords, \n"
        "[the\nfile](later.py), [page](https://example.com)\n"
    )


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["export", *args])
    return result.exit_code, result.stderr.strip()


BAD = [
    (["q99"], "There is no kata q99. There are: q01,"),
    ([], "Name at least one kata, as q09, or a stub with --stubs q09/counter."),
    (["q09", "--stubs", "q09/nothing"], "There is no stub q09/nothing."),
    (["q09", "--stubs", "counter"], "There is no stub counter."),
    (["q09", "--hide", "q09/counter/test_no"], "There is no test q09/counter/test_no in this task"),
    (["q06", "--hide", "q09/counter/test_calls_are_counted_not_traces"], "There is no test q09/"),
    (["q09", "--hide", "q09"], "There is no test q09 in this task"),
    (["q09", "--hours", "0"], "0 hours are no time for a task."),
    (["q09", "--hours", "nan"], "nan hours are no time for a task."),
    (["q09", "--for", "../up"], "'../up' is no id"),
]


@pytest.mark.parametrize(("args", "sentence"), BAD)
def test_a_bad_order_is_refused_in_a_sentence(
    args: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy.ROOT)
    status, said = run(*args, "--to", str(tmp_path / "task"))
    assert (status, len(said.splitlines())) == (1, 1)
    assert said.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_all_tests_of_a_stub_cannot_be_hidden(tmp_path: Path) -> None:
    tests = functions_of(toy.ROOT / "katas/q09/test_counter.py")
    with pytest.raises(ExaminerError, match=r"q09/counter would have no test left: hide fewer\."):
        given(tmp_path / "task", katas=("q09",), hidden=tuple(f"q09/counter/{t}" for t in tests))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "task"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    with pytest.raises(ExaminerError, match="is not empty; name a new folder for the task"):
        given(folder, katas=("q09",))
    (folder / "mine").rename(tmp_path / "task.task.json")
    with pytest.raises(ExaminerError, match=r"task\.task\.json is there already"):
        given(folder, katas=("q09",))
    assert (tmp_path / "task.task.json").read_text() == "mine"
    (tmp_path / "task.task.json").unlink()
    assert (given(folder, katas=("q09",)) / "TASK.md").is_file()  # an empty folder may be there


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("nowhere/task", "There is no folder"),
        (toy.ROOT / "katas/task", "lies in the checkout"),
        ("task/..", "is not empty"),
    ],
)
def test_places_that_are_none(place: str | Path, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(ExaminerError, match=sentence):
        given(tmp_path / place, katas=("q09",))
    assert not [*tmp_path.glob("*/*"), *toy.ROOT.glob("katas/task*")]


def full(_: Path) -> None:
    raise OSError(28, "No space left on device")


def no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "commit", full)


def broken_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "GIT_OPTIONS", ("-c", "core.bare=maybe"))


def stubborn_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "move", lambda new, folder: full(folder))


FAULTS = [
    (stubborn_place, "cannot be written: No space left on device."),
    (no_git, "There is no git on PATH"),
    (full_disk, "cannot be written: No space left on device."),
    (broken_git, "git init has failed: fatal: "),
]


@pytest.mark.parametrize(("break_it", "sentence"), FAULTS)
def test_a_fault_leaves_nothing_half_written(
    break_it: Callable[[pytest.MonkeyPatch], None],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_it(monkeypatch)
    with pytest.raises(ExaminerError, match=sentence):
        given(tmp_path / "task", katas=("q09",))
    assert list(tmp_path.iterdir()) == []


def test_an_answer_is_not_given_out_as_a_stub(tmp_path: Path) -> None:
    """Who exports may have solved the kata in the same checkout."""
    root = tmp_path / "checkout"
    root.mkdir()
    toy.build(root)
    order = Order(("q01",))
    shipped = (root / "katas/q01/double.py").read_text("utf-8")
    (root / "katas/q01/double.py").write_text(toy.FILES["solutions/q01/double.py"])
    with pytest.raises(ExaminerError, match="q01/double is solved here: restore the stub"):
        export(root, tmp_path / "task", order)
    (root / "katas/q01/double.py").write_text(shipped)
    git(root, "init", "-q")
    git(root, "add", "-A")
    mine = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    git(root, *mine, "commit", "-q", "-m", "Start")
    (root / "katas/q01/double.py").write_text("def double(x):\n    return x + x\n")
    with pytest.raises(ExaminerError, match=r"double\.py has changes that are not comm"):
        export(root, tmp_path / "task", order)
    (root / "katas/q01/double.py").write_text(shipped)
    (root / "katas/q01/mine.py").write_text("my = 'own'\n")
    export(root, tmp_path / "task", order)
    assert not (tmp_path / "task/katas/q01/mine.py").exists()


def test_settings_and_hooks_of_the_examiner_stay_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text("#!/bin/sh\nexit 1\n")
    (hooks / "pre-commit").chmod(0o755)
    settings = f"[core]\nhooksPath = {hooks}\n[user]\nname = E\nemail = e@example.com\n"
    (tmp_path / ".gitconfig").write_text(settings)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    folder = given(tmp_path / "task", katas=("q09",))
    monkeypatch.delenv("GIT_DIR")
    assert git(folder, "log", "--format=%ae %ce") == "tf-katas@localhost tf-katas@localhost"
    assert not (tmp_path / "elsewhere").exists()


def test_the_command_says_where_things_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toy.ROOT)
    result = CliRunner().invoke(app, ["export", "q09", "--to", str(tmp_path / "task")])
    assert result.stdout.splitlines() == [
        f"The task, to give out:  {tmp_path / 'task'}",
        f"For you, to keep:       {tmp_path / 'task.task.json'}",
    ]


def test_dojo_of_the_task_packs(tmp_path: Path) -> None:
    """In the task's folder, the `dojo` command is that of the task."""
    folder = given(tmp_path / "task", stubs=("q09/counter",), id="ada")
    command = [sys.executable, "-m", "dojo", "pack"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "katas/q09/counter.py",
        "NOTES.md",
        "manifest.json",
        "Still as you got it: q09/counter.",
        f"Packed into {folder / 'ada.zip'}.",
    ]
    with zipfile.ZipFile(folder / "ada.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["id"], manifest["stubs"], manifest["hints"]) == ("ada", ["q09/counter"], {})


def test_lists_of_tests_tell_of_no_hidden_one() -> None:
    text = "# A\n\nWhy.\n\nThe tests:\n\n1. It counts.\n2. It counts\n   in a loop.\n\n## More\n"
    assert spoilers.readme(text, set(), [], hints=False) == "# A\n\nWhy.\n\n## More\n"
