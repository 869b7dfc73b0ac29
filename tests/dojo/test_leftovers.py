"""A run of katas, with answers that bring more than stubs: what it uses, and what is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.foreign import add_foreign_modules
from tests.processes import MARK, left, marked
from tests.toy import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="reads the environment of other processes"
)
# With profiles, servers and processes of their own. What the others leave, --all would show.
LEAVERS = [
    f"katas/{kata}/test_{stub}.py"
    for kata, stub in (("q02", "export_graph"), ("q07", "rollout"), ("q08", "cluster"))
]
CACHES = {".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", "__pycache__"}


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


@dataclass(frozen=True)
class Run:
    """What was seen of the run.

    Attributes:
        processes: the command lines of those that were left.
        written: files in the checkout and at home that were not there before.
        kept: what lies in the temporary folder.
    """

    status: int
    printed: str
    processes: list[str]
    written: set[str]
    kept: set[str]


@pytest.fixture(scope="module")
def run(run_of_katas: Future[Run]) -> Run:
    return run_of_katas.result()


def run_katas(katas: list[str], place: Path, env: dict[str, str]) -> Run:
    """Run them with files at `place`; temporary files get a short path, for names of sockets."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        return run_with(katas, place, Path(folder), env)


def run_with(katas: list[str], place: Path, temporary: Path, env: dict[str, str]) -> Run:
    number = uuid.uuid4().hex
    home, answers = place / "home", place / "answers"
    home.mkdir()
    shutil.copytree(ROOT / "solutions", answers)
    add_foreign_modules(answers)
    places = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "TF_KATAS_HOME": str(place / "warm"),
        "KERAS_HOME": str(place / "keras"),  # Keras writes its settings when it is imported
    }
    before = files(ROOT)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *katas, f"--answers={answers}"],
        cwd=ROOT,
        env={**env, **places, MARK: number},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(
        done.returncode,
        done.stdout,
        left(number),
        (files(ROOT) - before) | files(home),
        {path.name.split("-of-")[0] for path in temporary.iterdir()},
    )


@pytest.mark.timeout(600)
def test_only_stubs_come_from_the_answers(run: Run) -> None:
    assert run.status == 0, run.printed[-3000:]
    assert "Not looked at, since no stub has this name: conftest.py, " in run.printed


@pytest.mark.timeout(600)
def test_nothing_is_left(run: Run) -> None:
    assert not run.processes
    assert not run.written
    assert run.kept <= {"pytest"}, "a temporary file of a test lies beside pytest's own folder"
