"""The captures that these tests read are made up, so that every number in them is known."""

from dataclasses import replace

import numpy as np

from dojo import expect
from katas.q12.read_profile import input_share, step_times, top_ops
from lab.xplane import training_step, write

OPS = {"aug/Svd:Svd": 3000.0, "dense/MatMul:MatMul": 500.0, "head/Softmax:Softmax": 700.0}
MATMUL = {"dense/MatMul:MatMul": 500.0}


def recorded(logdir, steps=4, run="2026_01_01_00_00_00", **of_each):
    """A capture of some steps of 10 ms; they wait 0.1 ms for a batch if not told otherwise."""
    settings = {"wait": 100.0, **of_each}
    write([event for i in range(steps) for event in training_step(i, **settings)], logdir, run)
    return logdir


def ranked(logdir, n):
    """What top_ops says, as lists, to be sure of its form."""
    with expect.works(f"top_ops(logdir, {n})"):
        found = top_ops(logdir, n)
    good = isinstance(found, list) and all(isinstance(op, tuple) and len(op) == 3 for op in found)
    expect.that(
        good,
        called=f"top_ops(logdir, {n})",
        expected="a list of tuples: name, how often, milliseconds",
        seen=repr(found)[:100],
    )
    return [list(part) for part in zip(*found, strict=True)] or [[], [], []]


def test_the_slowest_operation_comes_first(tmp_path):
    """Operations are ranked by the time they took, in milliseconds, over all runs.

    The tables count in microseconds, and have several times: in all runs or on average, with
    what an operation calls or without.
    """
    names, runs, times = ranked(recorded(tmp_path, ops=OPS), 3)
    called = "top_ops(logdir, 3) of 4 steps"
    expect.same(
        names, ["aug/Svd", "head/Softmax", "dense/MatMul"], called=f"the operations of {called}"
    )
    expect.value(np.array(runs), [4, 4, 4], called=f"how often they ran, by {called}")
    expect.value(np.array(times), [12.0, 2.8, 2.0], tolerance=1e-4, called=f"the times of {called}")


def test_only_operations_of_the_model_count(tmp_path):
    """Iterators and idle time are no operations of the model.

    A table of everything that took time has rows for these as well, and often at the top.
    """
    names, *_ = ranked(recorded(tmp_path, ops=OPS, wait=4000.0), 50)
    called = "the operations of top_ops(logdir, 50); the input takes 4 of 10 ms"
    expect.same(sorted(names), sorted(name.split(":")[0] for name in OPS), called=called)


def test_the_number_of_operations_is_limited(tmp_path):
    """Of three operations, one is named with n=1."""
    names, *_ = ranked(recorded(tmp_path, ops=OPS), 1)
    expect.same(names, ["aug/Svd"], called="the operations of top_ops(logdir, 1)")


def test_steps_take_their_time(tmp_path):
    """Each marked step has its time, in milliseconds.

    Which events belong to a step, its marker says, and its number, where it stands. Its name is
    for whoever reads.
    """
    times = {9: 10.0, 10: 10.5, 11: 11.0}
    write(
        [
            replace(event, name="update", duration=1000.0 * times[number])
            if "step_num" in event.facts
            else event
            for number in times
            for event in training_step(number, wait=100.0)
        ],
        tmp_path,
    )
    called = 'step_times of the steps 9, 10 and 11, named "update", of 10, 10.5 and 11 ms'
    with expect.works(called):
        seen = step_times(tmp_path)
    expect.value(np.array(seen), [*times.values()], tolerance=0.01, called=called)


def test_the_input_has_its_share(tmp_path):
    """What counts as input is the time in which a step waits for its batch.

    Time of the host that is neither spent on the batch nor on the function is something else.
    """
    for wait, python in (6000.0, 0.0), (1500.0, 5000.0):
        logdir = recorded(tmp_path / str(wait), wait=wait, python=python)
        called = f"input_share; each step of 10 ms waits {wait / 1000:g} ms for its batch"
        with expect.works(called):
            share = input_share(logdir)
        expect.value(share, wait / 10_000, tolerance=0.02, called=called)


def test_without_steps_there_is_no_share(tmp_path):
    """Without a marked step, there are no step times, and a share is a ValueError.

    0.0 would be an answer, and the wrong one: nothing is known.
    """
    logdir = recorded(tmp_path, marker=False)
    with expect.works("step_times of a capture without markers"):
        seen = list(step_times(logdir))
    expect.same(seen, [], called="step_times of a capture without markers")
    called = "input_share of a capture without markers"
    expect.raises(lambda: input_share(logdir), ValueError, called=called)


def test_the_newest_run_counts(tmp_path):
    """Of several runs in the same folder, the newest counts.

    Before and after a change, captures go to the same place.
    """
    recorded(tmp_path, run="2026_01_02_00_00_00", ops={"new/Svd:Svd": 900.0})
    recorded(tmp_path, run="2026_01_01_23_59_59", ops={"old/Svd:Svd": 900.0})
    names, *_ = ranked(tmp_path, 1)
    expect.same(names, ["new/Svd"], called="top_ops(logdir, 1), with an older and a newer run")


def test_a_new_file_is_read_anew(tmp_path):
    """A file that was replaced is read again.

    A converter may keep what it made of a file beside the file, and trust that later.
    """
    ranked(recorded(tmp_path, ops=OPS), 1)
    recorded(tmp_path, ops={"other/Cholesky:Cholesky": 4000.0})
    names, *_ = ranked(tmp_path, 1)
    expect.same(names, ["other/Cholesky"], called="top_ops(logdir, 1), with a new file in place")
    found = []
    for steps, wait in (4, 6000.0), (1, 2000.0):
        logdir = recorded(tmp_path / "steps", steps=steps, wait=wait)
        with expect.works("step_times(logdir) and input_share(logdir), with a new file in place"):
            found.append((len(step_times(logdir)), input_share(logdir)))
    (before, share), (after, another) = found
    expect.that(
        (before, after) == (4, 1) and share != another,
        called="step_times and input_share of a file with 4 steps, and of its successor with 1",
        expected="4 steps and 1 step, and another share",
        seen=f"{before} and {after}, {'the same' if share == another else 'another'} share",
    )


def test_no_capture_is_an_error(tmp_path):
    """A folder without a capture is a FileNotFoundError.

    The converters say nothing about a file that is not there. They give None.
    """
    (tmp_path / "plugins" / "profile" / "2026_01_01_00_00_00").mkdir(parents=True)
    for name, call in (
        ("top_ops", lambda: top_ops(tmp_path, 1)),
        ("step_times", lambda: step_times(tmp_path)),
        ("input_share", lambda: input_share(tmp_path)),
    ):
        expect.raises(call, FileNotFoundError, called=f"{name} of a folder without a capture")
