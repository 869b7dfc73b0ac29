"""Imports go one way, and what is private to others is used in few places and still there."""

from __future__ import annotations

import ast
import importlib
import re
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


# What is private to others may go with any version: where it is used, and what it is.
CONTEXT = "tensorflow.python.eager.context"
PRIVATE = {
    "dojo/expect.py": [("tensorflow", "__internal__.EagerTensor")],
    "dojo/fresh.py": [
        (CONTEXT, "context().disable_graph_collection"),
        ("tensorflow.python.ops.summary_ops_v2", "_summary_state.writer"),
    ],
    "dojo/quick.py": [("atexit", "_ncallbacks")],
    "dojo/report/longrepr.py": [
        ("_pytest._code.code", name)
        for name in ("ExceptionChainRepr", "ReprEntry", "ReprFileLocation", "ReprTraceback")
    ],
    "dojo/runner/preload.py": [("_pytest.assertion.rewrite", "AssertionRewritingHook")],
    "dojo/watchdog.py": [("_pytest.capture", "CaptureManager.suspend_global_capture")],
    "lab/executed.py": [
        (CONTEXT, "context().enable_run_metadata"),
        (CONTEXT, "context().export_run_metadata"),
    ],
    "lab/processes.py": [
        (CONTEXT, "context()._initialized"),
        (CONTEXT, "context()._physical_devices"),
    ],
}
SIGNS = re.compile(
    r"^(?!IMPORTED).*(\b_pytest\b|tensorflow\.python\b|\btf\.__internal__|keras\.src\b"
    r"|capturemanager|atexit\._)",
    re.MULTILINE,
)


@pytest.mark.parametrize(("module", "name"), [pair for pairs in PRIVATE.values() for pair in pairs])
def test_a_private_name_is_still_there(module: str, name: str) -> None:
    parts = importlib.import_module(module)
    assert eval(f"parts.{name}", {"parts": parts}) is not NotImplemented


def test_private_names_are_used_in_these_places_only() -> None:
    files = [f for part in ("dojo", "lab", "katas") for f in (ROOT / part).rglob("*.py")]
    users = {name_of(f) for f in files if SIGNS.search(f.read_text(encoding="utf-8"))}
    assert users == PRIVATE.keys()
