"""All katas as one task: the board as in the checkout, and full marks for the solutions."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from dojo.pack import pack
from examiner.export import Order, export
from examiner.grade import grade
from examiner.jail import works
from examiner.terms import Terms
from tests import toy
from tests.examiner.boards import board

KATAS = Catalogue(toy.ROOT).katas
pytestmark = [pytest.mark.whole, pytest.mark.timeout(900)]


@pytest.fixture
def task(tmp_path: Path) -> Path:
    folder = tmp_path / "task"
    export(toy.ROOT, folder, Order(tuple(KATAS), hints=True))
    return folder


def test_the_task_fails_as_the_checkout_does(task: Path, tmp_path: Path) -> None:
    assert board(task, "katas", tmp_path) == board(toy.ROOT, "katas", tmp_path)


@pytest.mark.skipif(works() is not None, reason=str(works()))
def test_the_solutions_get_full_marks(task: Path, tmp_path: Path) -> None:
    for kata in KATAS:
        for file in (toy.ROOT / "solutions" / kata).glob("*.py"):
            (task / "katas" / kata / file.name).write_bytes(file.read_bytes())
    packed, _, untouched = pack(task, tmp_path / "mine.zip")
    grading = grade(packed, toy.ROOT, Terms(seed=1))
    assert untouched == []
    assert [f"{stub.kata}/{stub.stub}" for stub in grading.stubs if not stub.full] == []
    assert len(grading.stubs) == sum(len(kata.stubs) for kata in KATAS.values())
    assert grading.doubts == []
