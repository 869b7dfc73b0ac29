"""The proof of one kata: its graders, whole, and the facts behind it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


class NothingToProveError(Exception):
    """There is no such kata, or no proof of it; the text says which."""


def check(root: Path, kata: str, record: bool) -> int:
    """Run the proof with pytest, and give its exit status; raises NothingToProveError."""
    graders, facts = root / "tests" / "test_graders.py", root / "tests" / "facts"
    if not (root / "katas" / kata / "kata.toml").is_file():
        raise NothingToProveError(f"There is no kata {kata}.")
    if not graders.is_file():
        raise NothingToProveError(
            "There is no proof here: this copy holds katas only, without tests/."
        )
    command = [sys.executable, "-m", "pytest", str(graders), *map(str, facts.glob(f"*{kata}*"))]
    command += ["--all", "-k", kata, *(["--record"] if record else [])]
    return subprocess.call(command, cwd=root)
