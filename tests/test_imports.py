"""Imports go one way, and what is private to others is used in few places and still there."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toy import ROOT

TESTS = sorted(ROOT.glob("katas/q*/test_*.py"))
ANSWERS = sorted({*ROOT.glob("katas/q*/*.py"), *ROOT.glob("solutions/q*/*.py")} - {*TESTS})


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imported(file: Path) -> Iterator[str]:
    """All modules, and names of modules, that a file imports anywhere."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(file: Path) -> list[str]:
    """What a file imports of this repository."""
    parts = {"katas", "solutions", "lab", "dojo", "tests", "tools", "examiner"}
    return [name for name in imported(file) if name.split(".")[0] in parts]


def test_dojo_and_lab_import_in_one_direction() -> None:
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", TESTS, ids=name_of)
def test_a_test_file_imports_its_stub_and_what_tests_call(file: Path) -> None:
    stub = f"katas.{file.parent.name}.{file.stem.removeprefix('test_')}"
    allowed = (f"{stub}.", "dojo.expect", "lab.")
    whole = f"katas.{file.parent.name}.{stub.rsplit('.', 1)[1]}"
    assert [name for name in ours(file) if not name.startswith(allowed) and name != whole] == []


@pytest.mark.parametrize("file", ANSWERS, ids=name_of)
def test_an_answer_imports_instruments_at_most(file: Path) -> None:
    assert [name for name in ours(file) if not name.startswith("lab.")] == []
