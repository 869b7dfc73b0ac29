"""Answers that bring more than stubs: whatever a submission might want to put in a test's way."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
FORMER = {"board", "camera", "server", "recording", "modelserver"}  # names of instruments
EVERYWHERE = {"conftest", "lab", "dojo", "tensorflow", "sitecustomize"}
MODULE = 'raise ImportError(f"{__file__} was taken from the answers, and is no stub")\n'


def add_foreign_modules(answers: Path) -> None:
    """Beside the stubs of each kata: modules named as instruments, tests and libraries are."""
    instruments = FORMER | {path.stem for path in (ROOT / "lab").glob("*")}
    for kata in answers.glob("q[0-9][0-9]"):
        tests = {path.stem for path in (ROOT / "katas" / kata.name).glob("test_*.py")}
        for name in instruments | tests | EVERYWHERE | {"__init__"}:
            (kata / f"{name}.py").write_text(MODULE)
    for name in EVERYWHERE:
        (answers / f"{name}.py").write_text(MODULE)
