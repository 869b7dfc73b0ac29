"""What a candidate hands in: the stubs of the task, modules of their own, the notes."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dojo import pack as packing
from dojo.fingerprint import fingerprint
from dojo.pack import SCHEMA, TASK_SCHEMA, PackError, pack
from dojo.report.hints import KEY
from tests import toy


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    return toy.build(folder)


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_task(checkout: Path, **changes: object) -> None:
    task = {"schema": TASK_SCHEMA, "id": "ada-7", "stubs": ["q01/double"], **changes}
    (checkout / "task.json").write_text(json.dumps(task))


def test_without_a_task_all_stubs_are_packed(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file, names, untouched = pack(checkout)
    assert (file, untouched) == (tmp_path / "answers.zip", [])
    assert names == list(contents(file)) == ["katas/q01/double.py", "manifest.json"]


def test_the_manifest(checkout: Path, tmp_path: Path) -> None:
    write_task(checkout)
    shown = checkout / ".pytest_cache/v" / KEY.format("q01", "double")
    shown.parent.mkdir(parents=True)
    shown.write_text("[0, 1]")
    manifest = json.loads(contents(pack(checkout, tmp_path / "a.zip")[0])["manifest.json"])
    assert manifest.pop("packed").endswith("+00:00")
    assert manifest.pop("python").startswith("3.")
    assert manifest.pop("tensorflow").startswith("2.")
    expected = {"schema": SCHEMA, "id": "ada-7", "stubs": ["q01/double"]}
    assert manifest == {**expected, "hints": {"q01/double": 2}}


@pytest.mark.timeout(60)  # a cold run
def test_the_hints_that_pytest_has_shown_are_counted(checkout: Path, tmp_path: Path) -> None:
    (checkout / "katas/q01/test_double.py").write_text(toy.LIGHT_TEST)
    for _ in range(3):  # there are two
        run = [*toy.PYTEST, "katas/q01", "--hint"]
        subprocess.run(run, cwd=checkout, capture_output=True, check=False)
    manifest = json.loads(contents(pack(checkout, tmp_path / "a.zip")[0])["manifest.json"])
    assert manifest["hints"] == {"q01/double": 2}


def test_where_there_are_no_hints_none_are_counted(checkout: Path, tmp_path: Path) -> None:
    write_task(checkout, hints=False)
    manifest = json.loads(contents(pack(checkout, tmp_path / "a.zip")[0])["manifest.json"])
    assert manifest["hints"] == {}


def test_modules_of_ones_own_and_the_notes(checkout: Path, tmp_path: Path) -> None:
    write_task(checkout)
    kata = checkout / "katas/q01"
    for name in ("halves.py", "test_mine.py", "not-a-module.py", "data.txt"):
        (kata / name).write_text(name)
    (checkout / "NOTES.md").write_text("Hard.\n")
    packed = contents(pack(checkout, tmp_path / "a.zip")[0])
    assert list(packed) == [
        *("katas/q01/double.py", "katas/q01/halves.py"),
        *("NOTES.md", "manifest.json"),
    ]
    assert packed["katas/q01/halves.py"] == b"halves.py"


def test_stubs_that_are_as_they_came_are_named(checkout: Path, tmp_path: Path) -> None:
    stub = checkout / "katas/q01/double.py"
    write_task(checkout, shipped={"q01/double": fingerprint(stub.read_bytes())})
    stub.write_bytes(stub.read_bytes().replace(b"\n", b"\r\n"))  # as git may do
    assert pack(checkout, tmp_path / "a.zip")[2] == ["q01/double"]
    stub.write_text(toy.HALF_DONE)
    assert pack(checkout, tmp_path / "b.zip")[2] == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "other"}', "[" * 100_000])
def test_a_broken_task_is_told(text: str, checkout: Path, tmp_path: Path) -> None:
    (checkout / "task.json").write_text(text)
    with pytest.raises(PackError, match=r"task\.json is not as it was given out"):
        pack(checkout, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_a_task_cannot_name_a_file_elsewhere(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_task(checkout, id="../../up", stubs=["q01/double", "../secret", 3])
    file, names, _ = pack(checkout)
    assert file == tmp_path / "answers.zip"
    assert names == ["katas/q01/double.py", "manifest.json"]


def test_what_is_far_too_large_is_told(checkout: Path, tmp_path: Path) -> None:
    (checkout / "katas/q01/double.py").write_bytes(b"#" * (packing.LARGEST + 1))
    with pytest.raises(PackError, match=r"double\.py is larger than 1 MB"):
        pack(checkout, tmp_path / "a.zip")


def dojo(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dojo.cli import app; app()", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command_says_what_is_in_it_and_overwrites_nothing(
    checkout: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.zip"
    first = dojo("pack", "--to", str(file), cwd=checkout / "katas")
    assert (first.returncode, first.stderr) == (0, "")
    said = ["katas/q01/double.py", "manifest.json", f"Packed into {file}."]
    assert first.stdout.splitlines() == said
    before = file.read_bytes()
    again = dojo("pack", "--to", str(file), cwd=checkout)
    assert (again.returncode, again.stdout) == (1, "")
    sentence = f"{file} is there already: move it away, or name another file.\n"
    assert again.stderr == sentence
    assert file.read_bytes() == before


@pytest.mark.parametrize("place", ["nowhere/a.zip", "."])
def test_a_zip_that_cannot_be_written(place: str, checkout: Path, tmp_path: Path) -> None:
    run = dojo("pack", "--to", str(tmp_path / place), cwd=checkout)
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1)


def test_a_stub_that_is_gone_is_told(checkout: Path, tmp_path: Path) -> None:
    (checkout / "katas/q01/double.py").unlink()
    run = dojo("pack", "--to", str(tmp_path / "a.zip"), cwd=checkout)
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1)
    assert "double.py is missing" in run.stderr


def test_who_packs_twice_keeps_both(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("answers.zip", "answers-2.zip", "answers-3.zip"):
        assert pack(checkout, None)[0].name == name
        assert (Path.cwd() / name).is_file()
