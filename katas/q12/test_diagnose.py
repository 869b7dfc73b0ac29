"""Most captures here are made up, so that their numbers are known; the last test has real ones."""

import functools
import time
from dataclasses import replace

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q12.diagnose import diagnose
from lab.xplane import DATA_POOL, HOST, Event, training_step, write

SLOW_OP = {"aug/Svd:Svd": 7000.0, "dense/MatMul:MatMul": 500.0}


def recorded(logdir, steps=4, also=(), **of_each):
    """A folder with a capture of some steps of 10 ms."""
    write([*also, *(e for i in range(steps) for e in training_step(i, **of_each))], logdir)
    return logdir


def changed(events, which, **facts):
    """Events as they are, but for those that `which` picks."""
    return [replace(event, **facts) if which(event) else event for event in events]


def check(logdir, what, kind, culprit):
    called = f"diagnose; {what}"
    with expect.works(called):
        seen = diagnose(logdir)
    if type(seen) is tuple:  # names from an array of NumPy are strings all the same
        seen = tuple(str(part) if type(part) is np.str_ else part for part in seen)
    expect.same(seen, (kind, culprit), called=called)


def test_input_is_slow(tmp_path):
    """Steps that wait for their batches have a slow input, and an operation of it is behind that.

    The iterators that a step asks for a batch only wait. The work is done on other threads, by
    the operations in a map.
    """
    logdir = recorded(tmp_path / "a", wait=8000.0, busy="PyFunc:PyFunc")
    check(logdir, "each step of 10 ms waits 8 ms, for a PyFunc", "input", "PyFunc")
    logdir = recorded(
        tmp_path / "b",
        wait=6000.0,
        busy="decode/DecodeJpeg:DecodeJpeg",
        ops={"dense/MatMul:MatMul": 3900.0, "head/Softmax:Softmax": 5.0},
        also=[Event(HOST, "tf_Compute/2", "late/Svd:Svd", 41_000.0, 30_000.0)],
    )
    what = "each step of 10 ms waits 6 ms, for a DecodeJpeg"
    check(logdir, what, "input", "decode/DecodeJpeg")
    ops = {"aug/Svd:Svd": 3000.0}
    events = training_step(0, wait=3900.0, python=3000.0, ops=ops, busy="PyFunc:PyFunc")
    line = "tf_data_iterator_get_next/3"
    write(changed(events, lambda event: event.line == DATA_POOL, line=line), tmp_path / "c")
    what = "a step of 10 ms waits 3.9 ms, for a PyFunc; 3 ms are Python, 3 the call's"
    check(tmp_path / "c", what, "input", "PyFunc")


def test_an_operation_is_slow(tmp_path):
    """Steps that compute are slow because of an operation in the function.

    All runs of an operation count together: many short ones may be more than a long one.
    """
    check(recorded(tmp_path / "a", ops=SLOW_OP), "an Svd takes 7 of 10 ms", "compute", "aug/Svd")
    long = {"once/Svd:Svd": 6000.0, "always/MatMul:MatMul": 2500.0}
    short = {"always/MatMul:MatMul": 2500.0}
    of_all = [training_step(i, ops=ops) for i, ops in enumerate([long, short, short, short])]
    write([event for of_one in of_all for event in of_one], tmp_path / "b")
    what = "a MatMul takes 2.5 ms in each of 4 steps, and an Svd 6 ms in one of them"
    check(tmp_path / "b", what, "compute", "always/MatMul")
    events = training_step(0, ops=SLOW_OP)
    write(changed(events, lambda event: event.name in SLOW_OP, line="another/7"), tmp_path / "c")
    what = "an Svd takes 7 of 10 ms, on a thread with a name of its own"
    check(tmp_path / "c", what, "compute", "aug/Svd")


def test_a_busy_thread_is_not_a_wait(tmp_path):
    """A thread of tf.data that works ahead is nobody's problem, however busy it is.

    A pipeline is busy all the time, if it is good. What counts is how long the steps wait for it.
    """
    busy = [
        Event(HOST, thread, "PyFunc:PyFunc", i * 10_000.0 + 500, 9000.0)
        for i in range(4)
        for thread in (DATA_POOL, "tf_data_private_threadpool/8")
    ]
    logdir = recorded(tmp_path, ops=SLOW_OP, wait=200.0, also=busy)
    what = "a PyFunc runs 9 of 10 ms on two threads of tf.data, and steps wait 0.2 ms"
    check(logdir, what, "compute", "aug/Svd")


def test_later_steps_trace(tmp_path):
    """A function that is traced again in later steps is retraced.

    Its calls take long, and little of that is spent on operations.
    """
    logdir = recorded(tmp_path / "a", traced=True)
    check(logdir, "each of 4 calls traces", "retracing", "train_step")
    of_all = [training_step(i, traced=i % 2 == 0) for i in range(5)]
    write([event for of_one in of_all for event in of_one], tmp_path / "b")
    check(tmp_path / "b", "3 of 5 calls trace", "retracing", "train_step")
    both = [event for number in range(2) for event in training_step(number, traced=True)]
    write(both, tmp_path / "c")
    check(tmp_path / "c", "both of 2 calls trace", "retracing", "train_step")
    calls = {"tf_function_call": "traced-xla"}
    events = changed(both, lambda event: calls.keys() <= event.facts.keys(), facts=calls)
    write(events, tmp_path / "d")
    check(tmp_path / "d", "both of 2 calls trace, for XLA", "retracing", "train_step")


def test_one_trace_is_none_too_many(tmp_path):
    """A function that is traced once is not retraced.

    Without a warm-up, the first step of a capture traces.
    """
    events = [*training_step(0, traced=True, ops=SLOW_OP), *training_step(1, ops=SLOW_OP)]
    write(events, tmp_path)
    check(tmp_path, "the first of 2 steps traces", "compute", "aug/Svd")
    write(training_step(0, traced=True, ops=SLOW_OP), tmp_path)
    check(tmp_path, "the only step traces", "compute", "aug/Svd")


def test_python_takes_the_time(tmp_path):
    """What is neither wait nor call is Python.

    No event says so. It is what is left of the steps.
    """
    logdir = recorded(tmp_path, python=7500.0, busy="PyFunc:PyFunc")
    check(logdir, "7.5 of 10 ms lie between the batch and the call", "python", "")


def test_what_is_between_steps_does_not_count(tmp_path):
    """What happens outside of the marked steps does not count.

    An evaluation after the last step, say, with waits and calls of its own.
    """
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 41_000.0, 90_000.0)
    logdir = recorded(tmp_path / "after", ops=SLOW_OP, also=[wait])
    check(logdir, "a wait of 90 ms after the last step", "compute", "aug/Svd")
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 1_000.0, 90_000.0)
    steps = [event for number in (10, 11) for event in training_step(number, ops=SLOW_OP)]
    write([wait, *steps], tmp_path / "before")
    check(tmp_path / "before", "a wait of 90 ms before the first step", "compute", "aug/Svd")
    steps = [event for number in (0, 9) for event in training_step(number, ops=SLOW_OP)]
    steps = changed(steps, lambda event: "step_num" in event.facts, name="update")
    write(steps, tmp_path / "between")
    what = 'two steps, named "update", with 80 ms between them'
    check(tmp_path / "between", what, "compute", "aug/Svd")


def test_without_steps_nothing_is_known(tmp_path):
    """Without a marked step, the diagnosis is ("no steps", "")."""
    check(recorded(tmp_path, marker=False), "no step is marked", "no steps", "")


def test_without_a_capture_there_is_an_error(tmp_path):
    """A folder without a capture is a FileNotFoundError."""
    called = "diagnose of a folder without a capture"
    expect.raises(lambda: diagnose(tmp_path), FileNotFoundError, called=called)


# Real loops. What is slow in them takes much longer than all else. Where a wrong diagnosis may
# name what comes second, that is a short operation: the same one in every run.


def nap(x, seconds=0.1):
    time.sleep(seconds)
    return x


def sleepy(x, name=None, seconds=0.1):
    """`x`, after a tenth of a second: an operation that calls Python."""
    call = functools.partial(nap, seconds=seconds)
    return tf.ensure_shape(tf.numpy_function(call, [x], tf.float32, name=name), [8, 8])


def short_work(x):
    return tf.reduce_sum(sleepy(x, name="short", seconds=0.02))


def captured(logdir, step, dataset):
    """Capture 3 steps after a warm-up of one."""
    batches = iter(dataset.repeat())
    step(next(batches), 0)
    with tf.profiler.experimental.Profile(str(logdir)):
        for number in 1, 2, 3:
            with tf.profiler.experimental.Trace("train", step_num=number, _r=1):
                step(next(batches), number)
    return logdir


def test_real_loops_are_told_apart(tmp_path):
    """In captures of real loops, the same four kinds are told apart.

    A slow map, a slow operation, a Python number as argument, and a sleep between batch and call.
    """
    data = tf.data.Dataset.from_tensors(tf.ones([8, 8]))

    @tf.function
    def train_step(x):
        return tf.reduce_sum(x @ x)

    @tf.function
    def short_step(x):
        return short_work(x)

    @tf.function
    def slow_step(x):
        return tf.reduce_sum(sleepy(x, name="sleepy"))

    @tf.function
    def traced_step(x, number):
        many = tf.add_n([tf.reduce_sum(x @ x) * float(i) for i in range(40)])
        return many * number + short_work(x)

    loops = {
        ("input", "PyFunc"): (lambda x, _: train_step(x), data.map(sleepy)),
        ("compute", "sleepy"): (lambda x, _: slow_step(x), data),
        ("retracing", "traced_step"): (lambda x, number: traced_step(x, float(number)), data),
        ("python", ""): (lambda x, _: short_step(nap(x)), data),
    }
    for (kind, culprit), (step, dataset) in loops.items():
        logdir = captured(tmp_path / kind, step, dataset)
        check(logdir, f"a real loop with slow {kind}", kind, culprit)
