"""Only stubs, and helpers of their own, come from the answers."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.answers import AnswersFinder, StubError
from tests import toy
from tests.toy import HALF_DONE, LIGHT_TEST, PYTEST

STUBS = {"q01": ["double", "triple"]}
Files = Callable[..., AnswersFinder]


@pytest.fixture
def finder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    """A finder that is in use, for answers with files of these texts."""
    katas, answers = tmp_path / "katas", tmp_path / "answers"
    for name in ("double", "triple", "test_double"):
        file = katas / "q01" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("WHOSE = 'the checkout'\n")
    monkeypatch.syspath_prepend(tmp_path)
    modules = set(sys.modules)

    def make(**texts: str) -> AnswersFinder:
        for name, text in texts.items():
            file = answers / "q01" / f"{name}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        found = AnswersFinder(answers, katas, STUBS, limit=None)
        monkeypatch.setattr(sys, "meta_path", [found, *sys.meta_path])
        for name in [name for name in sys.modules if name.split(".")[0] == "katas"]:
            monkeypatch.delitem(sys.modules, name)
        return found

    yield make
    for name in set(sys.modules) - modules:
        del sys.modules[name]


MINE = "WHOSE = 'mine'\n"


def whose(module: str) -> str:
    return str(importlib.import_module(f"katas.q01.{module}").WHOSE)


def test_a_stub_comes_from_the_answers_if_it_is_there(finder: Files) -> None:
    finder(double=MINE)
    assert (whose("double"), whose("triple")) == ("mine", "the checkout")


def test_a_test_file_never_does(finder: Files) -> None:
    found = finder(test_double=MINE)
    assert whose("test_double") == "the checkout"
    assert found.ignored(["q01"]) == ["q01/test_double.py"]


def test_a_helper_of_a_stub_does(finder: Files) -> None:
    found = finder(double="from katas.q01.mine import WHOSE\n", mine=MINE, unused=MINE)
    assert whose("double") == "mine"
    assert found.ignored(["q01"]) == ["q01/unused.py"]


def test_a_helper_may_be_named_relatively(finder: Files) -> None:
    finder(double="from .mine import WHOSE\n", mine=MINE)
    assert whose("double") == "mine"


def test_a_broken_helper_is_named(finder: Files) -> None:
    finder(double="from .mine import WHOSE\n", mine="1 / 0\n")
    with pytest.raises(StubError) as caught:
        whose("double")
    assert (caught.value.stub.name, caught.value.line) == ("mine.py", 1)


def test_the_checkouts_own_folder_has_nothing_to_ignore(finder: Files, tmp_path: Path) -> None:
    finder()
    own = AnswersFinder(tmp_path / "katas", tmp_path / "katas", STUBS, limit=None)
    assert own.ignored(["q01"]) == []


def test_files_that_are_no_stub_are_named_in_one_line_and_cost_nothing(tmp_path: Path) -> None:
    checkout = toy.build(tmp_path, test_double=LIGHT_TEST)
    answers = tmp_path / "answers"
    (answers / "q01" / "more").mkdir(parents=True)
    (answers / "q01" / "double.py").write_text(HALF_DONE.replace("abs(2 * x)", "2 * x"))
    for name in ("q01/duoble.py", "q01/more/notes.txt", "q01/test_double.py", "double.py"):
        (answers / name).write_text("raise SystemExit\n")
    (answers / "q01" / "README.md").write_text("Mine.\n")
    command = [*PYTEST, "katas/q01", "--answers=answers"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("Not looked at"))
    assert line.endswith("double.py, q01/duoble.py,")  # and on in the next line
    assert "q01/more/notes.txt, q01/test_double.py\n" in done.stdout
    assert "README" not in done.stdout
