"""All katas as one task: the board as in the checkout, and full marks for the solutions."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from dojo.pack import pack
from examiner.export import Order, export
from examiner.grade import grade
from examiner.jail import works
from tests import toy

KATAS = Catalogue(toy.ROOT).katas
pytestmark = [pytest.mark.whole, pytest.mark.timeout(900)]


@pytest.fixture
def task(tmp_path: Path) -> Path:
    folder = tmp_path / "task"
    export(toy.ROOT, folder, Order(tuple(KATAS), hints=True))
    return folder


def board(folder: Path, home: Path) -> str:
    """What a run of all katas says, without its seconds."""
    alone = {"PYTHONPATH": str(folder), "TF_KATAS_HOME": str(home)}
    run = subprocess.run(
        [*toy.PYTEST, "katas", "-p", "no:randomly"],
        cwd=folder,
        env={**os.environ, **alone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return re.sub(r" in [\d.]+s.*", "", run.stdout)


def test_the_task_fails_as_the_checkout_does(task: Path, tmp_path: Path) -> None:
    assert board(task, tmp_path) == board(toy.ROOT, tmp_path)


@pytest.mark.skipif(works() is not None, reason=str(works()))
def test_the_solutions_get_full_marks(task: Path, tmp_path: Path) -> None:
    for kata in KATAS:
        for file in (toy.ROOT / "solutions" / kata).glob("*.py"):
            (task / "katas" / kata / file.name).write_bytes(file.read_bytes())
    packed, _, untouched = pack(task, tmp_path / "mine.zip")
    grading = grade(packed, toy.ROOT, seed=1)
    assert untouched == []
    assert [f"{stub.kata}/{stub.stub}" for stub in grading.stubs if not stub.full] == []
    assert len(grading.stubs) == sum(len(kata.stubs) for kata in KATAS.values())
    assert grading.doubts == []
