"""The `examiner` command: one sentence for whatever is wrong, and nothing overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def examiner(*args: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "examiner", *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    (tmp_path / "sent/q09").mkdir(parents=True)
    (tmp_path / "sent/q09/counter.py").write_text("def make_counter(:\n")
    return tmp_path / "sent"


def refused(done: subprocess.CompletedProcess[str], words: str) -> bool:
    lines = done.stderr.strip().splitlines()
    return done.returncode == 1 and len(lines) == 1 and words in lines[0]


def test_a_report_is_never_overwritten(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report/mine.txt").write_text("mine")
    done = examiner("grade", str(sent), "--report", str(tmp_path / "report"))
    assert refused(done, "report is not empty; name a new folder for the report.")
    assert [file.name for file in (tmp_path / "report").iterdir()] == ["mine.txt"]
    assert refused(examiner("grade", str(sent), "--report", str(sent / "q09/counter.py")), "empty")


def test_a_wrong_path_is_told(tmp_path: Path) -> None:
    assert refused(examiner("grade", str(tmp_path / "nothing")), "There is no")
    assert refused(examiner("grade", "x", cwd=tmp_path), "Go to the checkout first")


def test_a_task_that_is_none_is_told(sent: Path, tmp_path: Path) -> None:
    nothing, other = tmp_path / "nothing", tmp_path / "other.json"
    other.write_text('{"stubs": [1], "hidden": []}')
    assert refused(examiner("grade", str(sent), "--task", str(nothing)), "cannot be read")
    assert refused(examiner("grade", str(sent), "--task", str(other)), "is no task")


def test_without_bubblewrap_it_says_so(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    done = examiner("grade", str(sent), PATH=str(tmp_path / "bin"))
    assert done.returncode == 3
    assert "not the submission: bubblewrap (the command bwrap) is not installed" in done.stderr


def a_bwrap_that(folder: Path, acts: str) -> str:
    """A PATH on which bubblewrap is a script."""
    program = folder / "bin/bwrap"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{acts}")
    program.chmod(0o755)
    return f"{program.parent}:/usr/bin:/bin"


def test_bubblewrap_that_does_not_work_is_told(sent: Path, tmp_path: Path) -> None:
    """As where user namespaces are switched off."""
    path = a_bwrap_that(tmp_path, "echo 'bwrap: No permissions' >&2\nexit 1\n")
    done = examiner("grade", str(sent), PATH=path)
    assert done.returncode == 3
    assert "does not work here (bwrap: No permissions)" in done.stderr


def test_a_fault_of_our_own_is_not_the_submissions(sent: Path, tmp_path: Path) -> None:
    """As where the interpreter is not to be found in the jail."""
    path = a_bwrap_that(tmp_path, 'test "$#" -lt 9 || { echo no python >&2; exit 1; }\n')
    done = examiner("grade", str(sent), PATH=path)
    assert done.returncode == 3
    assert "The examiner failed, not the submission: The jail did not start" in done.stderr
    assert "(no python)" in done.stderr


@pytest.mark.timeout(120)
def test_without_bubblewrap_it_can_be_forced(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    report = tmp_path / "report"
    done = examiner(
        "grade", str(sent), "--unsafe", "--report", str(report), PATH=str(tmp_path / "bin")
    )
    assert done.returncode == 0, done.stderr
    assert "counter               idea 0 of 5" in done.stdout
    assert "Isolation: none but limits" in done.stdout
    assert (report / "grading.json").is_file()


def test_the_candidates_copy_of_a_task_is_told(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "task.json").write_text('{"id": "ada", "stubs": ["q09/counter"]}')
    done = examiner("grade", str(sent), "--task", str(tmp_path / "task.json"))
    assert refused(done, "is the candidate's: take the file that lies beside the exported folder.")


def test_what_is_not_installed_is_told() -> None:
    """A learner's installation has the command, and not what it needs."""
    code = "import sys; sys.modules['jinja2'] = None; from examiner.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert refused(done, "jinja2 is missing: pip install -e '.[examiner]' brings it.")
