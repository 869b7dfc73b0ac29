"""Chores that cannot be done here say so at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from noxfile import GPU
from tests.toy import ROOT


@pytest.mark.skipif(GPU, reason="there is a GPU")
def test_without_a_gpu_nothing_is_installed() -> None:
    command = [sys.executable, "-m", "nox", "-s", "gpu"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no GPU here" in done.stderr
    assert not (ROOT / ".nox" / "gpu").exists()
