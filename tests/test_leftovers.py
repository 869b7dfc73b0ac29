"""After a run of all katas nothing is left of it: no process, no open port, no stray file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.toy import ROOT

MARK = "TF_KATAS_RUN"
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="reads the environment of other processes"
)
CACHES = {".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", "__pycache__"}


def marked(run: str) -> Iterator[psutil.Process]:
    """The processes that were started, by whomever, within a run; their ports live with them."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == run and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def files(folder: Path) -> set[str]:
    """All files below `folder`, caches left out."""
    found = set()
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in CACHES]
        found |= {os.path.join(here, name) for name in names}
    return found


def test_a_process_that_is_left_is_found() -> None:
    run = uuid.uuid4().hex
    sleep = "import time; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", sleep], env={**os.environ, MARK: run}) as left:
        assert [process.pid for process in marked(run)] == [left.pid]
        left.kill()
    assert not list(marked(run))


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder with a short path: sockets of processes lie in it, whose names have an end."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        yield Path(folder)


@pytest.mark.timeout(600)
def test_a_run_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    run, home = uuid.uuid4().hex, tmp_path / "home"
    home.mkdir()
    places = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "TF_KATAS_HOME": str(tmp_path / "warm"),
        "KERAS_HOME": str(tmp_path / "keras"),  # Keras writes its settings when it is imported
    }
    before = files(ROOT)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "katas", "--answers", "solutions"],
        cwd=ROOT,
        env={**os.environ, **places, MARK: run},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert not [" ".join(process.cmdline()) for process in marked(run)]
    assert files(ROOT) == before
    assert files(home) == set()
    kept = {path.name.split("-of-")[0] for path in temporary.iterdir()}
    assert kept <= {"pytest"}, "a temporary file of a test lies beside pytest's own folder"
