"""A batch on one machine: every submission is graded once, whatever is killed meanwhile."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from examiner.batch.store import FILE, Store
from examiner.grade import grade
from examiner.jail import works
from examiner.terms import Terms
from tests.examiner.batch import round as hiring

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="the jail is Linux's"),
    pytest.mark.skipif(works() is not None, reason=str(works())),
]

MOODLE = "Grace Hopper_4711_assignsubmission_file"


def rows(report: Path, query: str) -> list[dict[str, Any]]:
    with Store(report) as store:
        return store.rows(query)


def words(report: Path) -> dict[str, str]:
    found = rows(report, "SELECT name, word FROM submission")
    return {row["name"]: row["word"] for row in found}


def gradings_begun(report: Path) -> dict[str, str]:
    found = rows(report, "SELECT name, started FROM submission WHERE word = 'graded'")
    return {row["name"]: row["started"] for row in found}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What came in."""
    folder = tmp_path_factory.mktemp("came") / "in"
    for name, text in hiring.texts().items():
        hiring.send(folder, name, text)
    packed = hiring.send(folder.parent / "out", "grace", hiring.texts()["ada"])
    (folder / MOODLE).mkdir()
    shutil.make_archive(str(folder / MOODLE / "my work"), "zip", packed)
    (folder / "notes.zip").write_text("no zip at all")
    (folder / "round.task.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    """What came of it."""
    report = folder.parent / "report"
    done = hiring.run(folder, report)
    assert done.returncode == 0, done.stderr
    assert "4 graded, 1 refused, 0 failed. Overview:" in done.stdout
    return report


def test_every_submission_has_one_result(report: Path) -> None:
    graded = dict.fromkeys(("ada", "carl", "eve", MOODLE), "graded")
    assert words(report) == {**graded, "notes.zip": "refused"}
    (refused,) = rows(report, "SELECT reason FROM submission WHERE word = 'refused'")
    assert "notes.zip is no submission" in refused["reason"]


def test_the_verdicts_are_those_of_a_grading_alone(folder: Path, report: Path) -> None:
    with Store(report) as store:
        gradings = dict(store.gradings())
    for name in ("ada", "carl"):
        alone = grade(folder / name, hiring.ROOT, Terms(seed=gradings[name].seed))
        for one, other in zip(alone.stubs, gradings[name].stubs, strict=True):
            assert [test.verdict for test in one.tests] == [test.verdict for test in other.tests]
            assert one.probes == other.probes


def test_each_has_a_scorecard(report: Path) -> None:
    cards = sorted(file.parent.name for file in report.glob("submissions/*/scorecard.html"))
    assert [card.partition("-")[0] for card in cards] == [
        MOODLE.replace(" ", "_"),
        "ada",
        "carl",
        "eve",
    ]


def test_a_second_run_grades_nothing(folder: Path, report: Path) -> None:
    before = gradings_begun(report)
    done = hiring.run(folder, report)
    assert done.returncode == 0
    assert "4 of 4 were graded before." in done.stdout
    assert gradings_begun(report) == before


def test_what_has_changed_is_graded_anew(folder: Path, report: Path, tmp_path: Path) -> None:
    """And what is gone is in no table any more."""
    came, known = tmp_path / "came", tmp_path / "report"
    for name in ("ada", "carl"):
        shutil.copytree(folder / name, came / name)
    shutil.copytree(report, known)
    hiring.send(came, "carl", hiring.texts()["ada"])
    before = gradings_begun(known)
    assert "1 of 2 were graded before." in hiring.run(came, known).stdout
    after = gradings_begun(known)
    assert after.keys() == {"ada", "carl"}
    assert after["ada"] == before["ada"]
    (row,) = rows(known, "SELECT * FROM submission WHERE name = 'carl'")
    assert row["idea_passed"] == row["idea_tests"]


def test_results_of_another_folder_are_kept(report: Path, tmp_path: Path) -> None:
    before = words(report)
    hiring.send(tmp_path / "other", "zoe", hiring.texts()["ada"])
    said = refused(tmp_path / "other", report)
    assert said == "The results are of another folder than other."
    assert words(report) == before


def test_a_grading_that_is_killed_is_done_again(folder: Path, tmp_path: Path) -> None:
    with hiring.started(folder, tmp_path / "report", "--jobs", "1") as batch:
        hiring.until(lambda: any(hiring.at_work(batch)))
        next(hiring.at_work(batch)).kill()
        out, err = batch.communicate()
    assert batch.returncode == 0, err
    assert "4 graded, 1 refused, 0 failed." in out
    assert list(words(tmp_path / "report").values()).count("graded") == 4


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["Ctrl-C", "kill -9"]
)
def test_an_interrupted_batch_goes_on(
    sent: signal.Signals, status: int, folder: Path, report: Path, tmp_path: Path
) -> None:
    """Nothing of it is left running, and nothing is graded twice."""
    known = tmp_path / "report"
    with hiring.started(folder, known, "--jobs", "1") as batch:
        hiring.until(lambda: hiring.has_results(known) and gradings_begun(known))
        hiring.until(lambda: any(hiring.at_work(batch)))
        left = batch.children(recursive=True)
        batch.send_signal(sent)
        out, err = batch.communicate()
    assert batch.returncode == status, (out, err)
    if sent == signal.SIGINT:
        assert err.strip() == "Interrupted. What is graded is kept; the same command goes on."
    assert not psutil.wait_procs(left, timeout=10)[1]
    before = gradings_begun(known)
    assert "were graded before." in hiring.run(folder, known).stdout
    after = gradings_begun(known)
    assert after.keys() == gradings_begun(report).keys()
    assert {name: after[name] for name in before} == before


def refused(folder: Path, report: Path, *options: str) -> str:
    done = hiring.run(folder, report, *options)
    assert done.returncode == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    return sentence


def test_a_wrong_folder_is_told(tmp_path: Path) -> None:
    assert "There is no folder" in refused(tmp_path / "nothing", tmp_path / "report")
    (tmp_path / "empty").mkdir()
    assert "empty has no submissions in it." in refused(tmp_path / "empty", tmp_path / "report")


def test_a_report_of_something_else_is_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "is not empty; name a new folder" in refused(folder, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_results_that_are_none_are_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database")
    assert f"{FILE} cannot be used" in refused(folder, tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"no database"


def test_a_stub_that_is_not_there_is_told(folder: Path, tmp_path: Path) -> None:
    task = tmp_path / "round.task.json"
    task.write_text('{"id": "round", "stubs": ["q09/nothing"], "hidden": []}')
    said = refused(folder, tmp_path / "report", "--task", str(task))
    assert said == "There is no stub q09/nothing."


def test_a_scheduler_that_is_not_there_is_told(folder: Path, tmp_path: Path) -> None:
    said = refused(folder, tmp_path / "report", "--scheduler", "tcp://127.0.0.1:1")
    assert "No scheduler answers at tcp://127.0.0.1:1" in said
