"""Functions in processes of their own: what they return, what they raise, when they are ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tensorflow as tf

from dojo.expectation import ExpectationError
from lab import processes
from lab.processes import Job, once, run, run_all
from tests.lab import jobs
from tests.toy import PYTEST, ROOT


@pytest.fixture(autouse=True)
def light_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that import no TensorFlow: no function of these tests needs it."""
    monkeypatch.setattr(processes, "way", lambda: "spawn")


def test_a_result_comes_back_from_another_process() -> None:
    result, pid = run(jobs.double, 21, called="double(21)")
    assert result == 42
    assert pid != os.getpid()


def test_results_come_in_the_order_of_the_jobs() -> None:
    first, second = run_all(
        [Job(jobs.look_up, "TASK", environment={"TASK": task}) for task in "ab"], called="look_up"
    )
    assert (first, second) == ("a", "b")


def test_an_expectation_arrives_with_its_parts() -> None:
    with pytest.raises(ExpectationError) as raised:
        run(jobs.fail, "expectation", called="fail()")
    error = raised.value
    assert (error.called, error.expected, error.seen) == ("f()", "1", "2")
    assert error.idea == "Two is not one."


def test_any_other_exception_arrives_with_its_name_and_traceback() -> None:
    with pytest.raises(Exception, match="this machine is on fire") as raised:
        run(jobs.fail, "FireError", called="fail()")
    assert type(raised.value).__name__ == "FireError"
    assert "in fail" in str(raised.value.__cause__)


def test_what_is_not_implemented_stays_so() -> None:
    with pytest.raises(NotImplementedError):
        run(jobs.fail, "unfinished", called="fail()")


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ExpectationError, match="the process died"):
        run(jobs.die, called="die()")


def test_a_process_is_ended_at_its_limit(tmp_path: Path) -> None:
    before = time.monotonic()
    with pytest.raises(ExpectationError, match=r"die\(\)\nexpected  an end within 0.2 s"):
        run(jobs.sleep, called="die()", limit=0.2)
    assert time.monotonic() - before < jobs.LONG / 2


def test_one_that_fails_ends_the_others() -> None:
    with pytest.raises(NotImplementedError):
        run_all([Job(jobs.sleep), Job(jobs.fail, "unfinished")], called="both", limit=jobs.LONG)


def test_once_is_once_for_the_same_arguments() -> None:
    calls = []

    @once
    def half(number: int) -> float:
        calls.append(number)
        return 6 / number

    assert [half(2), half(2), half(3)] == [3, 3, 2]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            half(0)
    assert calls == [2, 3, 0]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the way is always spawn")
def test_a_process_is_forked_until_tensorflow_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    tf.constant(1.0) + 1.0
    assert processes.way() == "forkserver"
    code = "import lab.processes, sys; print(lab.processes.way(), 'tensorflow' in sys.modules)"
    fresh = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert fresh.stdout.split() == ["fork", "False"]


@pytest.mark.timeout(90)  # a cold run, which imports TensorFlow twice
def test_arguments_are_unpickled_with_the_answers_in_place() -> None:
    """To unpickle a class of a test imports that test, and the stub that it is about.

    A process is forked from one without TensorFlow's threads, once a test has used TensorFlow: the
    arguments are pickled then.
    """
    used = "katas/q09/test_counter.py::test_the_count_is_an_int64"
    tested = "katas/q08/test_mirrored.py::test_losses_are_those_of_one_device"
    command = [*PYTEST, "-p", "no:randomly", used, tested, "--answers=solutions"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
