"""What the text of a test file tells of its tests, without running anything.

The examiner trusts this, and never what the candidate's process says of a test.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

GPU = "pytest.mark.gpu"
BEYOND = "pytest.mark.beyond"


@dataclass(frozen=True)
class Test:
    """A test function: its sentence, its line, and whether it is beyond the idea of its stub.

    `skips` says that it may skip itself; any other is skipped only by the candidate's code.
    """

    name: str
    sentence: str
    line: int
    beyond: bool
    gpu: bool
    skips: bool


def tests_of(file: Path) -> dict[str, Test]:
    """The test functions of a file, in order."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return {f.name: test_of(f) for f in functions if f.name.startswith("test_")}


def test_of(function: ast.FunctionDef) -> Test:
    marks = {ast.unparse(decorator) for decorator in function.decorator_list}
    doc = ast.get_docstring(function) or function.name.replace("_", " ")
    sentence = doc.splitlines()[0].strip()
    skips = "pytest.skip" in ast.unparse(function) or "pytest.mark.skipif" in str(marks)
    return Test(function.name, sentence, function.lineno, BEYOND in marks, GPU in marks, skips)
