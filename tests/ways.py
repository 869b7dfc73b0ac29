"""A run without TensorFlow in a tiny checkout, cold and warm: both have to say the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dojo.warm import client
from dojo.warm.address import Home
from tests import toy

WAYS = ("cold", "warm")
# The stub notes which program it is imported in.
NOTES = """\
import pathlib, sys
pathlib.Path(__file__).with_name("program").write_text(str(sys.modules["__main__"].__spec__))

"""
HALF_DONE, RIGHT = NOTES + toy.HALF_DONE, NOTES + "def double(x):\n    return 2 * x\n"


@dataclass(frozen=True)
class Way:
    """How a run is done in `checkout`; `base` is where a warm process may be found."""

    checkout: Path
    base: Path

    @property
    def stub(self) -> Path:
        return self.checkout / "katas/q01/double.py"

    @property
    def was_warm(self) -> bool:
        return "dojo.warm.server" in (self.stub.parent / "program").read_text()

    def run(
        self, *args: str, cwd: Path | None = None, module: str = "pytest", **env: str
    ) -> subprocess.CompletedProcess[str]:
        told = {"TF_KATAS_HOME": str(self.base), "TF_KATAS_LIGHT": "1", "COLUMNS": "100"}
        return subprocess.run(
            [sys.executable, "-m", module, *args],
            cwd=cwd or self.checkout,
            env={**os.environ, **told, **env},
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def both_ways(folder: Path) -> Iterator[dict[str, Way]]:
    """By name; the warm process is gone afterwards."""
    checkout, base, nobody = (folder / name for name in ("checkout", "base", "nobody"))
    checkout.mkdir()
    toy.build(checkout, test_double=toy.LIGHT_TEST, katas_double=HALF_DONE)
    home = Home.within(base, checkout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_KATAS_LIGHT", "1")
        process = client.start(home, tied=True)
        client.wait_until_up(home, process)
    yield {"cold": Way(checkout, nobody), "warm": Way(checkout, base)}
    client.stop(home)
    assert process.wait(30) == 0


def as_it_was(way: Way) -> None:
    """A half-done stub, and nothing of an earlier run.

    The files that a warm process is good for are left alone: a change needs another one.
    """
    shutil.rmtree(way.checkout / ".pytest_cache", ignore_errors=True)
    (way.stub.parent / "program").unlink(missing_ok=True)
    (way.stub.parent / "test_double.py").write_text(toy.LIGHT_TEST)
    way.stub.write_text(HALF_DONE)
