"""The captures that these tests read are made up, so that every number in them is known."""

from dataclasses import replace

import numpy as np
import pytest

from dojo import expect
from katas.q12.read_profile import input_share, step_times, top_ops
from lab.xplane import COMPUTE, DATA_POOL, HOST, PYTHON, Event, training_step, write

OPS = {"aug/Svd:Svd": 3000.0, "dense/MatMul:MatMul": 500.0, "head/Softmax:Softmax": 700.0}
WAIT = "IteratorGetNextOp::DoCompute"
EMPTY_RUN = ("plugins", "profile", "2026_01_01_00_00_00")


def recorded(logdir, steps=4, run="2026_01_01_00_00_00", **of_each):
    """A capture of some steps of 10 ms; they wait 0.1 ms for a batch if not told otherwise."""
    settings = {"wait": 100.0, **of_each}
    write([event for i in range(steps) for event in training_step(i, **settings)], logdir, run)
    return logdir


def stretched(number, begin, factor, **settings):
    """A step that begins at `begin` ms, and takes `factor` times 10 ms; so do its parts."""
    first = number * 10_000.0
    return [
        replace(
            event,
            start=1000.0 * begin + factor * (event.start - first),
            duration=factor * event.duration,
        )
        for event in training_step(number, **settings)
    ]


def ranked(logdir, n, what=""):
    """What top_ops says, as lists, to be sure of its form."""
    called = f"top_ops(logdir, {n}){what}"
    unknown = "A converter gives None for a tool that it does not know by this name."
    with expect.works(called, idea=unknown, when="NoneType"):
        found = top_ops(logdir, n)
    good = isinstance(found, list) and all(isinstance(op, tuple) and len(op) == 3 for op in found)
    expect.that(
        good,
        called=called,
        expected="a list of tuples: name, how often, milliseconds",
        seen=repr(found)[:100],
        idea="",
    )
    return [list(part) for part in zip(*found, strict=True)] or [[], [], []]


def times_of(logdir, what):
    with expect.works(f"step_times; {what}"):
        return np.array(step_times(logdir))


def share_of(logdir, what):
    with expect.works(f"input_share; {what}"):
        return input_share(logdir)


def about(seen, share):
    return isinstance(seen, float | np.floating) and abs(seen - share) < 0.02


def test_the_slowest_operation_comes_first(tmp_path):
    """Operations are ranked by the time they took, in milliseconds, over all runs.

    Neither the longest run says what an operation costs, nor how often it runs: the sum does.
    """
    last = {**OPS, "dense_1/MatMul:MatMul": 2400.0}
    each = [OPS, OPS, OPS, last]
    events = [e for i, ops in enumerate(each) for e in training_step(i, wait=100.0, ops=ops)]
    threads = {"aug/Svd:Svd": "tf_Compute/2", "head/Softmax:Softmax": PYTHON}
    moved = [replace(e, line=threads.get(e.name, e.line)) for e in events]
    in_turn = [a if a.start % 20_000 < 10_000 else b for a, b in zip(moved, events, strict=True)]
    softmax = Event(HOST, COMPUTE, "head/Softmax:Softmax", 9500.0, 200.0)
    write([*in_turn, softmax, replace(softmax, start=41_000.0)], tmp_path)
    names, runs, times = ranked(tmp_path, 4)
    called = "top_ops(logdir, 4) of 4 steps, with operations on three threads, one of them Python's"
    called += "; only the last step has a dense_1/MatMul, of 2.4 ms; the first has two runs of "
    called += "head/Softmax, and one comes after the last"
    right = ["aug/Svd", "head/Softmax", "dense_1/MatMul", "dense/MatMul"]
    one_row = "An operation is one row, whatever threads it runs on."
    idea = one_row if len(set(names)) < len(names) else None
    expect.same(
        [str(name) for name in names], right, called=f"the operations of {called}", idea=idea
    )
    often = f"how often they ran, by {called}"
    expect.value(np.array(runs), [4, 6, 1, 4], called=often, idea="")
    kinds = sorted({type(number).__name__.rstrip("0123456789") for number in runs})
    counts = "The tables have floats for all numbers, also for those that count something."
    expect.same(kinds, ["int"], called=f"the types of {often}", idea=counts)
    idea = "The tables count in microseconds, and have times of all runs as well as averages."
    what = f"the times of {called}"
    expect.value(np.array(times), [12.0, 3.2, 2.4, 2.0], tolerance=1e-4, called=what, idea=idea)


def test_iterators_and_idle_time_are_no_operations(tmp_path):
    """Iterators and idle time are no operations; what a map of tf.data calls is one.

    A table of everything that took time has rows for all of these, and often at the top.
    """
    logdir = recorded(tmp_path, ops=OPS, wait=4000.0, busy="decode/DecodeJpeg:DecodeJpeg")
    names, *_ = ranked(logdir, 50)
    called = "the operations of top_ops(logdir, 50); a map decodes images in 4 of 10 ms"
    right = ["aug/Svd", "decode/DecodeJpeg", "dense/MatMul", "head/Softmax"]
    expect.same(sorted(map(str, names)), right, called=called)


def test_the_type_tells_an_iterator(tmp_path):
    """An operation is told from an iterator by its type, and not by its name.

    You name your layers and scopes as you like. The type of an iterator is Dataset, and no more.
    """
    ops = {"IteratorLoss/Sub:Sub": 900.0, "Dataset/Mul:Mul": 700.0, "idle/IDLE/Exp:Exp": 500.0}
    ops["sums/Reduce:ReduceDataset"] = 300.0
    names, *_ = ranked(recorded(tmp_path, ops=ops), 50)
    called = "the operations of top_ops(logdir, 50) of a model with unusual names"
    right = ["Dataset/Mul", "IteratorLoss/Sub", "idle/IDLE/Exp", "sums/Reduce"]
    expect.same(sorted(map(str, names)), right, called=called)


def test_the_number_of_operations_is_limited(tmp_path):
    """Of three operations, one is named with n=1, and two with n=2."""
    logdir = recorded(tmp_path / "a", ops=OPS)
    for n, right in (1, ["aug/Svd"]), (2, ["aug/Svd", "head/Softmax"]):
        names, *_ = ranked(str(logdir), n, "; logdir is a string")
        expect.same([*map(str, names)], right, called=f"the operations of top_ops(logdir, {n})")
    logdir = recorded(tmp_path / "b", ops={"one/Exp:Exp": 500.0, "two/Exp:Exp": 500.0})
    what = "; two of them took 0.5 ms in each step"
    names, *_ = ranked(logdir, 1, what)
    expect.same(len(names), 1, called=f"how many operations top_ops(logdir, 1) names{what}")


def test_steps_take_their_time(tmp_path):
    """Each marked step has its time, in milliseconds.

    Its marker says where a step begins, and where it ends. Its name and its number are for people,
    and what is between two steps belongs to none.
    """
    steps = (10, 15, 2.0), (9, 0, 1.0), (11, 10, 0.234), (12, 40, 0.5)
    events = [event for step in steps for event in stretched(*step, wait=100.0)]
    named = [replace(e, name="update") if "step_num" in e.facts else e for e in events]
    write(named, tmp_path / "a")
    what = "logdir is a string; the steps 9, 11, 10 and 12, named "
    what += '"update", of 10, 2.34, 20 and 5 ms'
    seen = times_of(str(tmp_path / "a"), what)
    expect.value(seen, [10.0, 2.34, 20.0, 5.0], tolerance=0.01, called=f"step_times; {what}")
    facts = {"step_num": 0, "_r": 0}
    again = [replace(e, facts=facts) if "step_num" in e.facts else e for e in events]
    write([replace(e, line="pytest") if e.line == PYTHON else e for e in again], tmp_path / "b")
    what = "four steps whose `step_num` and `_r` are 0, on a thread called pytest"
    idea = "The facts make an event a step, whatever their values, its name and its line."
    seen = times_of(tmp_path / "b", what)
    expect.value(
        seen, [10.0, 2.34, 20.0, 5.0], tolerance=0.01, called=f"step_times; {what}", idea=idea
    )


def test_python_takes_time_of_a_step(tmp_path):
    """A step is as long as its marker, with what Python does in it.

    Python has no event, but the step waits for it all the same.
    """
    write(stretched(0, 0, 0.23456, python=5000.0), tmp_path)
    what = "of a step of 2.3456 ms, half of it Python between the batch and the call"
    seen = times_of(tmp_path, what)
    rounded = "A time that was rounded for a reader is good for looking, and not for adding up."
    idea = rounded if len(seen) == 1 and abs(seen[0] - 2.3456) < 0.05 else None
    expect.value(seen, [2.3456], tolerance=1e-4, called=f"step_times; {what}", idea=idea)


def test_the_input_has_its_share(tmp_path):
    """What counts as input is the time in which a step waits for its batch.

    Time of the host that is neither spent on the batch nor on the function is something else.
    """
    for wait, python in (6000.0, 0.0), (1500.0, 5000.0):
        logdir = recorded(tmp_path / str(wait), wait=wait, python=python)
        what = f"logdir is a string; each step of 10 ms waits {wait / 1000:g} ms for its batch"
        seen = share_of(str(logdir), what)
        expect.value(seen, wait / 10_000, tolerance=0.02, called=f"input_share; {what}")
    again = Event(HOST, PYTHON, WAIT, 3000.0, 2500.0)
    write([*training_step(0, python=5000.0), again], tmp_path / "twice")
    what = "a step of 10 ms waits 1 ms for a batch, and 2.5 ms for another"
    seen, idea = share_of(tmp_path / "twice", what), "A step may wait more than once."
    expect.value(seen, 0.35, tolerance=0.02, called=f"input_share; {what}", idea=idea)


def test_only_waits_of_steps_count(tmp_path):
    """Only the waits within steps are input, and not the work of tf.data.

    A good pipeline works all the time, ahead of the steps. An evaluation waits for batches of its
    own.
    """
    steps = [event for number in (0, 2) for event in training_step(number, wait=1000.0)]
    busy = [Event(HOST, DATA_POOL, "PyFunc:PyFunc", at, 9000.0) for at in (500.0, 20_500.0)]
    write([*steps, *busy], tmp_path / "busy")
    what = "steps of 10 ms wait 1 ms; meanwhile, a thread of tf.data works for 9 ms"
    seen = share_of(tmp_path / "busy", what)
    expect.value(seen, 0.1, tolerance=0.02, called=f"input_share; {what}")
    write([*steps, Event(HOST, PYTHON, WAIT, 12_000.0, 5000.0)], tmp_path / "between")
    what = "two steps of 10 ms wait 1 ms; between them, something else waits 5 ms"
    seen = share_of(tmp_path / "between", what)
    expect.value(seen, 0.1, tolerance=0.02, called=f"input_share; {what}")


def test_a_share_may_be_zero(tmp_path):
    """Where no step waits for a batch, the share is 0.0.

    A loop over one batch that lies in memory fetches nothing. That is an answer, and no error.
    """
    steps = [event for number in range(2) for event in training_step(number)]
    write([event for event in steps if "Iterator" not in event.name], tmp_path)
    what = "steps without any event of an iterator"
    seen = share_of(tmp_path, what)
    expect.value(seen, 0.0, tolerance=1e-6, called=f"input_share; {what}")


def test_long_steps_count_more(tmp_path):
    """The share is one of all step time: a long step counts more than a short one.

    A mean over the shares of the steps takes a step of 5 ms for as much as one of 30.
    """
    events = stretched(0, 0, 0.5, wait=8000.0) + stretched(1, 5, 3.0, wait=1000.0)
    write(events, tmp_path / "two")
    what = "a step waits 4 of 5 ms, the next one 3 of 30"
    seen = share_of(tmp_path / "two", what)
    idea = None if about(seen, (0.8 + 0.1) / 2) else ""
    expect.value(seen, 7 / 35, tolerance=0.002, called=f"input_share; {what}", idea=idea)
    third = [event for event in training_step(4) if "Iterator" not in event.name]
    write([*events, *third], tmp_path / "three")
    what = "steps wait 4 of 5 ms, 3 of 30, and 0 of 10"
    seen, never = share_of(tmp_path / "three", what), "A step that never waits is step time, too."
    idea = never if about(seen, 7 / 35) else ""
    expect.value(seen, 7 / 45, tolerance=0.002, called=f"input_share; {what}", idea=idea)


def test_without_steps_there_is_no_share(tmp_path):
    """Without a marked step, there are no step times, and a share is a ValueError.

    0.0 would be an answer, and the wrong one: nothing is known.
    """
    recorded(tmp_path / "none", marker=False)
    steps = [event for number in range(4) for event in training_step(number)]
    numbered = {"train": {"step_num": 1}, "FunctionRun": {"id": 7_000, "_r": 1}}
    events = [replace(e, facts=numbered.get(e.name, e.facts)) for e in steps]
    write(events, tmp_path / "numbered")
    both = "a capture whose markers have `step_num` alone, and each FunctionRun `_r` alone"
    half = "A marker with `step_num` alone only has a number. Events that run a function have `_r`."
    cases = ("none", "a capture without markers", None), ("numbered", both, half)
    for logdir, what, idea in cases:
        seen = times_of(tmp_path / logdir, what).tolist()
        expect.same(seen, [], called=f"step_times of {what}", idea=idea)
        share = lambda d=logdir: input_share(tmp_path / d)  # noqa: E731
        expect.raises(share, ValueError, called=f"input_share of {what}", idea=idea)


def test_the_newest_run_counts(tmp_path):
    """Of several runs in the same folder, the last by name counts.

    Before and after a change, captures go to the same place. The profiler names a run by its time,
    and a copy of a folder changes the times of its files.
    """
    recorded(tmp_path, 2, run="2026_01_02_tuned", ops={"new/Svd:Svd": 900.0}, wait=5000.0)
    recorded(tmp_path, 4, run="2026_01_01_23_59_59", ops={"old/Svd:Svd": 900.0})
    recorded(tmp_path, 3, run="2025_12_31_00_00_00", ops={"older/Svd:Svd": 900.0})
    what = "of three runs, the one with the last name was written first"
    names, *_ = ranked(tmp_path, 1, f"; {what}")
    expect.same([*map(str, names)], ["new/Svd"], called=f"top_ops(logdir, 1); {what}")
    expect.same(len(times_of(tmp_path, what)), 2, called=f"the number of step_times; {what}")
    seen = share_of(tmp_path, what)
    expect.value(seen, 0.5, tolerance=0.02, called=f"input_share; {what}")
    other, what = tmp_path / "other", "of three runs, the one with the last name was written last"
    for last, op in ("2026_01_02", "older"), ("2026_01_01", "oldest"), ("tuned", "new"):
        recorded(other, 1, run=last, ops={f"{op}/Svd:Svd": 900.0})
    names, *_ = ranked(other, 1, f"; {what}")
    expect.same([*map(str, names)], ["new/Svd"], called=f"top_ops(logdir, 1); {what}")


def test_no_capture_is_an_error(tmp_path):
    """A folder without a capture is a FileNotFoundError.

    The converters say nothing about a file that is not there. They give None.
    """
    tmp_path.joinpath("empty", *EMPTY_RUN).mkdir(parents=True)
    tmp_path.joinpath("tables", *EMPTY_RUN).mkdir(parents=True)
    tmp_path.joinpath("tables", *EMPTY_RUN, "ALL_HOSTS.op_stats.pb").touch()
    for what, logdir in (
        ("an empty run", tmp_path / "empty"),
        ("nothing", tmp_path / "nowhere"),
        ("only a table that a converter has saved", tmp_path / "tables"),
    ):
        for name, call in (
            ("top_ops", lambda at: top_ops(at, 1)),
            ("step_times", step_times),
            ("input_share", input_share),
        ):
            called = f"{name} of a folder with {what} in it"
            expect.raises(lambda f=call, at=logdir: f(at), FileNotFoundError, called=called)


@pytest.mark.beyond
def test_self_time_is_without_what_is_within(tmp_path):
    """An operation within another one takes its time away from the outer one.

    A loop is an operation, too. All that its body does on the same thread is in its total time, and
    none of it in its self time.
    """
    events = training_step(0, wait=100.0, ops={"loop/While:While": 6000.0})
    (loop,) = [event for event in events if event.name == "loop/While:While"]
    body = [
        Event(HOST, COMPUTE, name, loop.start + begin, duration)
        for begin in (500.0, 3000.0)
        for name, duration in (("loop/body/Svd:Svd", 2000.0), ("loop/body/call/Qr:Qr", 300.0))
    ]
    beside = Event(HOST, "tf_Compute/2", "other/Exp:Exp", loop.start + 100.0, 900.0)
    write([*events, *body, beside], tmp_path)
    names, _, times = ranked(tmp_path, 4)
    called = "top_ops(logdir, 4); a While of 6 ms runs an Svd of 2 ms twice, with a Qr of 0.3 in it"
    called += "; another thread runs an Exp of 0.9 ms meanwhile"
    right = ["loop/body/Svd", "loop/While", "other/Exp", "loop/body/call/Qr"]
    expect.same([*map(str, names)], right, called=f"the operations of {called}")
    times, want = np.array(times), [3.4, 2.0, 0.9, 0.6]
    expect.value(times, want, tolerance=1e-4, called=f"the times of {called}", idea="")


@pytest.mark.beyond
def test_a_new_file_is_read_anew(tmp_path):
    """A file that was replaced is read again.

    A converter may keep what it made of a file beside the file, and trust that later.
    """
    other = {"ops": {"other/Cholesky:Cholesky": 4000.0}, "wait": 2000.0}
    before, what = "before the file is replaced", "the file was read before, and replaced since"
    logdir = recorded(tmp_path / "ops", 4, ops=OPS, wait=6000.0)
    ranked(logdir, 1)
    names, *_ = ranked(recorded(logdir, 1, **other), 1)
    expect.same([*map(str, names)], ["other/Cholesky"], called=f"top_ops(logdir, 1); {what}")
    other["ops"] = {"again/Cholesky:Cholesky": 4000.0}  # a file of the same size
    names, *_ = ranked(recorded(logdir, 1, **other), 1)
    expect.same([*map(str, names)], ["again/Cholesky"], called=f"top_ops(logdir, 1); {what}, again")
    logdir = recorded(tmp_path / "times", 4, ops=OPS, wait=6000.0)
    times_of(logdir, before)
    seen = times_of(recorded(logdir, 1, **other), what)
    expect.same(len(seen), 1, called=f"the number of step_times; {what}")
    logdir = recorded(tmp_path / "share", 4, ops=OPS, wait=6000.0)
    share_of(logdir, before)
    seen = share_of(recorded(logdir, 1, **other), what)
    expect.value(seen, 0.2, tolerance=0.02, called=f"input_share; {what}")
