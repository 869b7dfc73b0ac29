"""What the learner sees of the stubs as they were given out."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests import toy


def board(folder: Path, what: str, home: Path) -> str:
    """What a cold run prints in a checkout, but for how long it took."""
    alone = {"PYTHONPATH": str(folder), "TF_KATAS_HOME": str(home)}
    run = subprocess.run(
        [*toy.PYTEST, what, "-p", "no:randomly"],
        cwd=folder,
        env={**os.environ, **alone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return re.sub(r" in [\d.]+s.*", "", run.stdout)
