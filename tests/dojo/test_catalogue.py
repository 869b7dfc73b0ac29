"""The catalogue, and the skeleton of a new kata."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dojo import contract
from dojo.author.new import ScaffoldError, scaffold
from dojo.catalogue import Catalogue, CatalogueError
from tests import toy


def dojo(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dojo.cli import app; app()", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_katas_of_this_checkout_are_complete() -> None:
    catalogue = Catalogue(toy.ROOT)
    for kata in catalogue.katas.values():
        assert (kata.folder / "README.md").is_file()
        assert kata.stubs[-1].id == "quick_check"
        for stub in kata.stubs:
            general = [hint for hint in stub.hints if not hint.tests]
            assert 3 <= len(general) <= 5, f"{kata.id} {stub.id}"
            named = {test for hint in stub.hints for test in hint.tests}
            assert named <= contract.tests_of(kata.test_file(stub)).keys(), f"{kata.id} {stub.id}"
            assert (toy.ROOT / "solutions" / kata.id / f"{stub.id}.py").is_file()
        solved = {file.stem for file in (toy.ROOT / "solutions" / kata.id).glob("*.py")}
        assert solved == {stub.id for stub in kata.stubs}


def test_an_unknown_kata(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"There is no kata q02. There are: q01."):
        Catalogue(toy.build(tmp_path)).kata("q02")


@pytest.mark.timeout(200)  # two cold runs
def test_a_scaffolded_kata_works(tmp_path: Path) -> None:
    toy.build(tmp_path)
    files = scaffold(tmp_path, "q02", "Halving", ["halve"])
    assert Path("tests/graders/q02/quick_check/rejects/.gitkeep") in files
    (kata,) = (k for k in Catalogue(tmp_path).katas.values() if k.id == "q02")
    assert [stub.id for stub in kata.stubs] == ["halve", "quick_check"]
    for answers, status in (("katas", 1), ("solutions", 0)):
        command = [sys.executable, "-m", "pytest", "katas/q02", f"--answers={answers}"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == status, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("kata", "stubs", "sentence"),
    [
        ("q1", ["a"], "'q1' is no kata id"),
        ("q01", ["double"], "katas/q01/kata.toml is there already; nothing was written."),
        ("q02", ["No"], "'No' is no name for a stub"),
        ("q02", ["test_it"], "'test_it' is no name for a stub"),
    ],
)
def test_a_scaffold_refuses(kata: str, stubs: list[str], sentence: str, tmp_path: Path) -> None:
    toy.build(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ScaffoldError, match=sentence):
        scaffold(tmp_path, kata, "A title", stubs)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("new", "q01", "Doubling", "double"), "is there already; nothing was written."),
        (("check", "q99"), "There is no kata q99."),
        (("check", "q01"), "There is no proof here"),
        (("warm", "status"), "No warm process is up for this checkout."),
    ],
)
def test_commands_refuse_in_one_sentence(
    args: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_KATAS_HOME", str(tmp_path / "home"))
    run = dojo(*args, cwd=toy.build(tmp_path))
    assert run.returncode == 1
    assert sentence in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_a_command_outside_of_a_checkout(tmp_path: Path) -> None:
    run = dojo("warm", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "Go to the checkout first: no folder katas/ here or above.\n"
