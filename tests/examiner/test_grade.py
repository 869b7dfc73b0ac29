"""A grading as a whole, in a real jail: what is right, wrong, missing, and tampered with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from examiner.grade import another_task, grade
from examiner.jail import Limits, works
from examiner.model import ExaminerError, Grading, StubResult
from examiner.session import split
from examiner.submission import Submission
from examiner.terms import Terms

ROOT = Path(__file__).parents[2]
REJECTS = ROOT / "tests/graders/q09"
pytestmark = [
    pytest.mark.timeout(200),
    pytest.mark.skipif(works() is not None, reason=str(works())),
]

FORGED = '''\
"""Every report says that its test has passed."""

import _pytest.reports

made = _pytest.reports.TestReport.from_item_and_call.__func__


def passes(kind, item, call):
    call.excinfo = None
    return made(kind, item, call)


_pytest.reports.TestReport.from_item_and_call = classmethod(passes)


def tensor_or_variable():
    raise NotImplementedError
'''
HELPED = """\
from katas.q09.counting import CountsCalls


def make_counter():
    return CountsCalls()
"""
HELPER = """\
import tensorflow as tf


class CountsCalls:
    def __init__(self):
        self.calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    def __call__(self, x):
        return tf.identity(self.calls.assign_add(1))
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of q09: one stub right, by a helper; a known mistake; a crash; a forger; two are missing."""
    kata = tmp_path_factory.mktemp("sent") / "katas/q09"
    kata.mkdir(parents=True)
    (kata / "counter.py").write_text(HELPED)
    (kata / "counting.py").write_text(HELPER)
    shutil.copy(REJECTS / "momentum/rejects" / a_reject("momentum"), kata / "momentum.py")
    (kata / "gradient_sources.py").write_text("import os\n\nos._exit(0)\n")
    (kata / "tensor_or_variable.py").write_text(FORGED)
    (kata.parent / "manifest.json").write_text(
        '{"stubs": ["q09/counter", "q09/momentum", "q09/gradient_sources", "q09/running_total",'
        ' "q09/tensor_or_variable"], "hints": {"q09/counter": 2}}'
    )
    return kata.parents[1]


def a_reject(stub: str) -> str:
    """One that fails at one test and has nothing that varies in its message."""
    for message in sorted((REJECTS / stub / "messages").glob("*.txt")):
        if "<varies>" not in message.read_text():
            return f"{message.stem}.py"
    raise AssertionError


@pytest.fixture(scope="module")
def grading(sent: Path) -> Grading:
    return grade(sent, ROOT, Terms(seed=7, hidden=("q09/counter/test_the_count_is_an_int64",)))


@pytest.fixture(scope="module")
def stubs(grading: Grading) -> dict[str, StubResult]:
    return {stub.stub: stub for stub in grading.stubs}


def test_a_right_answer_is_right(stubs: dict[str, StubResult]) -> None:
    counter = stubs["counter"]
    assert counter.full
    assert counter.hints == 2
    assert not counter.misconceptions + counter.flags + counter.doubts
    assert [t.verdict.test for t in counter.tests if t.hidden] == ["test_the_count_is_an_int64"]


def test_a_known_mistake_has_its_name(stubs: dict[str, StubResult]) -> None:
    momentum = stubs["momentum"]
    assert not momentum.full
    assert momentum.misconceptions
    assert not momentum.doubts


def test_a_crash_fails_all_tests_of_its_stub(stubs: dict[str, StubResult]) -> None:
    crashed = stubs["gradient_sources"]
    assert {test.verdict.word for test in crashed.tests} == {"crashed"}
    assert [flag for flag in crashed.flags if "imports os" in flag]


def test_a_missing_stub_counts(stubs: dict[str, StubResult]) -> None:
    missing = stubs["running_total"]
    assert not missing.file
    assert missing.count(False)[0] == 0
    assert missing.count(False)[1] > 5


def test_who_changes_the_judge_is_found_out(stubs: dict[str, StubResult], grading: Grading) -> None:
    forger = stubs["tensor_or_variable"]
    assert any("known mistake" in d or "exported" in d for d in forger.doubts)
    assert any("_pytest" in flag for flag in forger.flags)
    assert any("q09 tensor_or_variable" in doubt for doubt in grading.doubts)


def test_sentences_are_the_examiners_own(stubs: dict[str, StubResult]) -> None:
    sentences = [test.verdict.sentence for test in stubs["counter"].tests]
    assert sentences[0] == "Every call counts, this one included, whatever was traced before."


def test_a_limit_ends_it(tmp_path: Path) -> None:
    (tmp_path / "sent/q09").mkdir(parents=True)
    (tmp_path / "sent/q09/counter.py").write_text("while True:\n    pass\n")
    found = grade(tmp_path / "sent", ROOT, Terms(limits=Limits(wall=3)))
    assert "did not end within 3 s" in found.remarks[0]
    assert {test.verdict.word for test in found.stubs[0].tests} == {"not-run"}


def test_an_unknown_stub_is_told(sent: Path) -> None:
    with pytest.raises(ExaminerError, match="no stub q09/nothing"):
        grade(sent, ROOT, Terms(stubs=(("q09", "nothing"),)))


def test_jobs_fill_all_lanes() -> None:
    catalogue = Catalogue(ROOT)
    one = [("q09", stub.id) for stub in catalogue.kata("q09").stubs]
    assert len(split(catalogue, one, lanes=2)) == 4
    several = [(kata.id, stub.id) for kata in catalogue.katas.values() for stub in kata.stubs]
    jobs = split(catalogue, several, lanes=2)
    assert len(jobs) == 12
    assert [job.minutes for job in jobs] == sorted((job.minutes for job in jobs), reverse=True)
    assert sum(len(job.stubs) for job in jobs) == len(several)


def test_a_submission_for_another_task_is_a_doubt() -> None:
    packed = Submission("ada.zip", manifest={"id": "ada"})
    assert another_task(packed, "bob") == ["It was packed for the task 'ada', and graded as 'bob'."]
    assert another_task(packed, "ada") == another_task(packed, "") == []
