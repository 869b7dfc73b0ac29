"""The lab stands on a few plain modules of dojo, and knows no kata."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toy import ROOT

MODULES = sorted(ROOT.glob("lab/**/*.py"))
OF_DOJO = {"expect", "expectation", "errortext", "answers", "quiet"}


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_of_dojo_only_what_a_test_file_needs(file: Path) -> None:
    parts = [name.split(".") for name in imported(file)]
    assert {name[1] for name in parts if name[0] == "dojo"} <= OF_DOJO
    assert not {name[0] for name in parts} & {"katas", "solutions", "tests", "examiner"}
