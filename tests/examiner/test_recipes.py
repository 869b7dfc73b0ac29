"""The recipes, run here: autograders for Gradescope and Classroom 50, a workflow of GitHub's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from examiner.gradescope import files
from examiner.jail import works
from tests.examiner.batch import round as hiring
from tests.examiner.batch.round import ROOT

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(works() is not None, reason=str(works())),
]

RECIPES = ROOT / "docs/recipes"
HIDDEN = "test_the_count_is_an_int64"
TASK = {"id": "round", "stubs": ["q09/counter"], "hidden": [f"q09/counter/{HIDDEN}"]}
RUNNER = {
    "CLASSROOM": "tf",
    "ASSIGNMENT": "round",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit",
    "RELEASE_URL": "https://example.org/release",
    "OWNER": "ada",
}


@pytest.fixture
def task(tmp_path: Path) -> Path:
    file = tmp_path / "round.task.json"
    file.write_text(json.dumps(TASK))
    return file


def examiner(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "examiner", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def autograder(task: Path, tmp_path: Path) -> Path:
    """What Gradescope makes of the zip: the folder /autograder."""
    packed = tmp_path / "autograder.zip"
    done = examiner("gradescope", "--task", str(task), "--to", str(packed))
    assert done.returncode == 0, done.stderr
    home = tmp_path / "autograder"
    (home / "results").mkdir(parents=True)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(home / "source")
    return home


def run_autograder(home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    program = home / "examiner"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m examiner "$@"\n')
    program.chmod(0o755)
    katas = str(home / "source/tf-katas")
    names = {"AUTOGRADER_HOME": str(home), "EXAMINER": str(program), "PYTHONPATH": katas}
    return subprocess.run(
        ["bash", str(home / "source/run_autograder")],
        env={**os.environ, **names, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_gradescope_grades(autograder: Path) -> None:
    """With nothing but what is in the zip."""
    hiring.send(autograder, "submission", hiring.texts()["ada"])
    done = run_autograder(autograder)
    assert done.returncode == 0, done.stderr
    results = json.loads((autograder / "results/results.json").read_text())
    assert all(test["score"] == test["max_score"] for test in results["tests"])
    hidden = [test for test in results["tests"] if test["visibility"] == "after_published"]
    assert len(hidden) == 1


def test_gradescope_is_told_of_a_broken_submission(autograder: Path) -> None:
    (autograder / "submission").mkdir()
    assert run_autograder(autograder).returncode == 0
    results = json.loads((autograder / "results/results.json").read_text())
    assert results["score"] == 0
    assert "has none of the stubs" in results["output"]


def test_a_fault_of_ours_is_no_score_of_zero(autograder: Path, tmp_path: Path) -> None:
    """Where the container lets no sandbox start, say."""
    hiring.send(autograder, "submission", hiring.texts()["ada"])
    (tmp_path / "bin").mkdir()
    bwrap = tmp_path / "bin/bwrap"
    bwrap.write_text("#!/bin/sh\nexit 1\n")
    bwrap.chmod(0o755)
    done = run_autograder(autograder, PATH=f"{bwrap.parent}:{os.environ['PATH']}")
    assert done.returncode == 3
    assert "not the submission: bubblewrap does not work here" in done.stderr
    assert not (autograder / "results/results.json").exists()


def test_the_set_up_installs_what_is_there(autograder: Path) -> None:
    setup = (autograder / "source/setup.sh").read_text()
    assert subprocess.run(["bash", "-n"], input=setup, text=True, check=False).returncode == 0
    for file in ("constraints.txt", "pyproject.toml", "README.md"):
        assert (autograder / "source/tf-katas" / file).is_file()
    assert os.access(autograder.parent / "autograder.zip", os.R_OK)
    with zipfile.ZipFile(autograder.parent / "autograder.zip") as archive:
        for script in ("setup.sh", "run_autograder"):
            assert archive.getinfo(script).external_attr >> 16 & 0o111


def test_an_autograder_is_not_overwritten(task: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    done = examiner("gradescope", "--task", str(task), "--to", str(tmp_path / "mine.zip"))
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_an_autograder_of_nothing_is_refused(tmp_path: Path) -> None:
    done = examiner("gradescope", "--to", str(tmp_path / "new.zip"))
    assert done.returncode == 1
    assert done.stderr.strip() == "Name katas, as q03 q06, or a task with --task."
    assert "q99" in examiner("gradescope", "q99", "--to", str(tmp_path / "new.zip")).stderr
    assert not (tmp_path / "new.zip").exists()


def student(folder: Path) -> Path:
    """A student's repository."""
    return committed(hiring.send(folder, "student", hiring.texts()["carl"]))


def course(folder: Path) -> Path:
    """A course's copy of the project, as far as it is needed."""
    for file in files(ROOT, ["q09"]):
        copy = folder / "course" / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    return committed(folder / "course")


def committed(folder: Path) -> Path:
    git = ("git", "-C", str(folder), "-c", "user.name=ada", "-c", "user.email=ada@example.org")
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    date = {"GIT_COMMITTER_DATE": "2026-06-01T16:32:01+02:00"}
    subprocess.run([*git, "commit", "-qm", "Done"], env={**os.environ, **date}, check=True)
    return folder


def test_classroom50_has_its_result(task: Path, tmp_path: Path) -> None:
    sent = student(tmp_path)
    autograder = tmp_path / "autograder.py"
    autograder.write_text((RECIPES / "classroom50.py").read_text())
    address = f"file://{course(tmp_path)}"
    env = {**os.environ, **RUNNER, "TF_KATAS": address, "EXAMINER": "installed"}
    done = subprocess.run([sys.executable, str(autograder)], cwd=sent, env=env, check=False)
    assert done.returncode == 0
    result = json.loads((sent / "result.json").read_text())
    assert result["schema"] == "classroom50/result/v1"
    assert result["datetime"] == "2026-06-01T14:32:01Z"
    assert (result["owner"], result["assignment_type"]) == ("ada", "individual")
    assert result["review"] == RUNNER["COMMIT_URL"]
    assert result["score"] == sum(test["score"] for test in result["tests"]) < result["max-score"]
    assert HIDDEN not in (sent / "result.json").read_text()


def test_outside_of_classroom50_it_says_so(task: Path, tmp_path: Path) -> None:
    sent, result = student(tmp_path), tmp_path / "result.json"
    done = examiner("grade", str(sent), "--task", str(task), "--classroom50", str(result))
    assert done.returncode == 1
    assert "Classroom 50 sets CLASSROOM, ASSIGNMENT," in done.stderr
    assert not result.exists()


def test_the_workflow_shows_the_feedback(task: Path, tmp_path: Path) -> None:
    """Its last step, run as it stands there."""
    workflow = yaml.safe_load((RECIPES / "grade-each-push.yml").read_text())
    steps = {step.get("name"): step for step in workflow["jobs"]["grade"]["steps"]}
    student(tmp_path).rename(tmp_path / "submission")
    (tmp_path / "tf-katas").mkdir()
    for part in ROOT.iterdir():
        (tmp_path / "tf-katas" / part.name).symlink_to(part)
    task.rename(tmp_path / "tf-katas/round.task.json")
    script = steps["Grade"]["run"].replace("examiner grade", f"{sys.executable} -m examiner grade")
    summary = tmp_path / "summary.md"
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary), "PYTHONPATH": str(ROOT)}
    command = ["bash", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=tmp_path / "tf-katas", env=env, check=False)
    assert done.returncode == 0
    assert "A counter that counts calls" in summary.read_text()
    assert workflow["permissions"] == {"contents": "read"}


def test_the_container_has_what_it_copies_and_starts() -> None:
    text = (RECIPES / "Containerfile").read_text()
    (extra,) = re.findall(r"-e '\.\[(\w+)\]'", text)
    assert f"{extra} = [" in (ROOT / "pyproject.toml").read_text()
    assert (ROOT / ".dockerignore").is_file()
