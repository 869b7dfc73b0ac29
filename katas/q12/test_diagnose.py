"""Most captures here are made up, so that their numbers are known; the last test has real ones."""

import functools
import time
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q12.diagnose import diagnose
from lab.xplane import COMPUTE, DATA_POOL, HOST, Event, training_step, write

SLOW_OP = {"aug/Svd:Svd": 7000.0, "dense/MatMul:MatMul": 500.0}


def recorded(logdir, steps=4, also=(), **of_each):
    """A folder with a capture of some steps of 10 ms."""
    write([*also, *(e for i in range(steps) for e in training_step(i, **of_each))], logdir)
    return logdir


def changed(events, which, **facts):
    """Events as they are, but for those that `which` picks."""
    return [replace(event, **facts) if which(event) else event for event in events]


FACTS = "The facts make an event a step, whatever their values, its name and its line."


def check(logdir, what, kind, culprit, idea=None, explains=None):
    """`explains` is the wrong culprit that the idea is about, if it is not about all."""
    called = f"diagnose; {what}"
    with expect.works(called):
        seen = diagnose(logdir)
    if type(seen) is tuple:  # names from an array of NumPy are strings all the same
        seen = tuple(str(part) if type(part) is np.str_ else part for part in seen)
    if explains is not None and seen != (kind, explains):
        idea = ""
    if seen == ("no steps", "") != (kind, culprit):
        idea = FACTS
    expect.same(seen, (kind, culprit), called=called, idea=idea)


def test_input_is_slow(tmp_path):
    """Steps that wait for their batches have a slow input, and an operation of it is behind that.

    The iterators that a step asks for a batch only wait. The work is done on other threads, by
    the operations in a map.
    """
    logdir = recorded(tmp_path / "a", wait=8000.0, busy="PyFunc:PyFunc")
    what = "logdir is a string; each step of 10 ms waits 8 ms, for a PyFunc"
    check(str(logdir), what, "input", "PyFunc")
    logdir = recorded(
        tmp_path / "b",
        wait=6000.0,
        busy="decode/DecodeJpeg:DecodeJpeg",
        ops={"dense/MatMul:MatMul": 3900.0, "head/Softmax:Softmax": 5.0},
        also=[Event(HOST, "tf_Compute/2", "late/Svd:Svd", 39_000.0, 90_000.0)],
    )
    what = (
        "each step of 10 ms waits 6 ms, for a DecodeJpeg; in the last one, an Svd of 90 ms starts"
    )
    check(logdir, what, "input", "decode/DecodeJpeg")
    ops = {"aug/Svd:Svd": 3000.0}
    events = training_step(0, wait=3900.0, python=3000.0, ops=ops, busy="PyFunc:PyFunc")
    line = "tf_data_iterator_get_next/3"
    write(changed(events, lambda event: event.line == DATA_POOL, line=line), tmp_path / "c")
    what = "a step of 10 ms waits 3.9 ms, for a PyFunc; 3 ms are Python, 3 the call's"
    idea = (
        "The largest of four shares may be less than a half. Any thread of tf.data may work for it."
    )
    check(tmp_path / "c", what, "input", "PyFunc", idea=idea)
    line = "reads_tf_data/3"
    events = training_step(0, wait=8000.0, busy="PyFunc:PyFunc")
    write([*events, Event(HOST, line, "log/WriteFile:WriteFile", 500.0, 9000.0)], tmp_path / "d")
    what = f'a step of 10 ms waits 8 ms, for a PyFunc; on the line "{line}", a WriteFile takes 9 ms'
    idea = "The names of tf.data's threads begin with tf_data. Other threads do other work."
    check(tmp_path / "d", what, "input", "PyFunc", idea=idea)


def test_an_operation_is_slow(tmp_path):
    """Steps that compute are slow because of an operation in the function.

    It may run on any thread that is not of tf.data, the main thread of Python among them.
    """
    events = training_step(0, ops=SLOW_OP)
    for line in COMPUTE, "another/7", "python", "reads_tf_data/3":
        logdir = tmp_path / line.replace("/", "_")
        write(changed(events, lambda event: event.name in SLOW_OP, line=line), logdir)
        what = f'an Svd takes 7 of 10 ms, on the line "{line}"'
        check(logdir, what, "compute", "aug/Svd")
    logdir = recorded(tmp_path / "name", ops={"block-1.a/Svd:_FusedSvd": 7000.0})
    what = "block-1.a/Svd, of the type _FusedSvd, takes 7 of 10 ms"
    idea = "Layers have all kinds of names."
    check(logdir, what, "compute", "block-1.a/Svd", idea, explains="")


def test_all_runs_of_an_operation_count(tmp_path):
    """All runs of an operation count together.

    Many short ones may be more than a long one, or less: their sum tells.
    """
    long = {"once/Svd:Svd": 6000.0, "always/MatMul:MatMul": 2500.0}
    short = {"always/MatMul:MatMul": 2500.0}
    of_all = [training_step(i, ops=ops) for i, ops in enumerate([long, short, short, short])]
    tiny = [Event(HOST, COMPUTE, "tiny/Add:Add", 9000.0 + 10 * i, 5.0) for i in range(20)]
    write([*tiny, *(event for of_one in of_all for event in of_one)], tmp_path / "compute")
    what = "a MatMul takes 2.5 ms in each of 4 steps, an Svd 6 ms in one, 20 Adds 0.1 ms in all"
    check(tmp_path / "compute", what, "compute", "always/MatMul")
    once = Event(HOST, DATA_POOL, "shard/ReadFile:ReadFile", 7500.0, 4000.0)
    slow = {"wait": 7000.0, "busy": "decode/DecodeJpeg:DecodeJpeg"}
    steps = [event for number in range(4) for event in training_step(number, **slow)]
    shorter = changed(steps, lambda event: event.line == DATA_POOL, duration=2000.0)
    write([*shorter, once, *(replace(e, line=DATA_POOL) for e in tiny)], tmp_path / "input")
    what = "steps wait 7 of 10 ms; a DecodeJpeg takes 2 ms in each of 4, a ReadFile 4 ms in one, "
    what += "20 Adds 0.1 ms in all"
    check(tmp_path / "input", what, "input", "decode/DecodeJpeg")
    svds = [Event(HOST, f"tf_Compute/{i}", "aug/Svd:Svd", 2000.0, 3000.0) for i in (1, 2)]
    one = Event(HOST, "tf_Compute/3", "dense/MatMul:MatMul", 2000.0, 5000.0)
    write([*marked(10), call("update", 1, 9), *svds, one], tmp_path / "threads")
    what = "an Svd runs for 3 ms on two threads at a time, a MatMul for 5 ms on another one"
    idea = "Time on two threads is twice the time, as in the tables of the profiler."
    check(tmp_path / "threads", what, "compute", "aug/Svd", idea, explains="dense/MatMul")


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


def test_one_wait_counts_once(tmp_path):
    """The iterators within a wait are parts of it.

    Each stage of a pipeline has an event for the same batch, and each lasts as long as the wait.
    """
    ops = {"aug/Svd:Svd": 5000.0}
    logdir = recorded(tmp_path / "a", ops=ops, wait=4000.0)
    what = "each step of 10 ms waits 4 ms, in three iterators at the same time"
    check(logdir, what, "compute", "aug/Svd")
    other = [
        Event(HOST, DATA_POOL, "ReduceDatasetOp::DoCompute", 10_000.0 * i + 100, 3000.0)
        for i in range(4)
    ]
    logdir = recorded(tmp_path / "b", ops=ops, wait=4000.0, also=other)
    what = "each step of 10 ms waits 4 ms; meanwhile, tf.data reduces another dataset for 3 ms"
    idea = "A step waits in IteratorGetNextOp. Other events have names like that."
    check(logdir, what, "compute", "aug/Svd", idea=idea)
    op = "IteratorGetNext:IteratorGetNext"
    other = [Event(HOST, COMPUTE, op, 10_000.0 * i + 20, 3900.0) for i in range(4)]
    logdir = recorded(tmp_path / "c", ops=ops, wait=4000.0, also=other)
    what = "each step of 10 ms waits 4 ms, in an operation named IteratorGetNext"
    check(logdir, what, "compute", "aug/Svd", idea=idea)


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
    events = changed(both, is_call, facts=calls)
    write(events, tmp_path / "d")
    check(tmp_path / "d", "both of 2 calls trace, for XLA", "retracing", "train_step")
    twice = call("train_step", 1, 5, TRACED), call("train_step", 5.5, 9.5, TRACED)
    write([*marked(10), *twice], tmp_path / "e")
    told = "It is calls that trace. Two of them in one step are two."
    check(tmp_path / "e", "both of 2 calls in one step trace", "retracing", "train_step", told)


def test_long_steps_count_more(tmp_path):
    """The share is one of all the steps' time: a long step counts more than a short one.

    The mean over the steps takes a step of 2 ms for as much as one of 20.
    """
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 100.0, 1800.0)
    parse = Event(HOST, DATA_POOL, "parse/DecodeCSV:DecodeCSV", 100.0, 1700.0)
    svd = Event(HOST, COMPUTE, "aug/Svd:Svd", 5000.0, 9000.0)
    write([*marked(2, 22), wait, parse, call("update", 4, 16), svd], tmp_path)
    what = "a step waits 1.8 of 2 ms, the next one calls for 12 of 20"
    check(tmp_path, what, "compute", "aug/Svd")


def test_a_call_that_does_not_trace_is_no_retracing(tmp_path):
    """Of a function that is retraced, the calls that do not trace are compute.

    Retracing costs what the traces take. To get rid of it saves no more.
    """
    calls = [call("update", at, at + 2, TRACED) for at in (0.5, 3.5)]
    calls += [call("update", at, at + 9) for at in (6.5, 16.5)]
    svd = Event(HOST, COMPUTE, "aug/Svd:Svd", 7000.0, 6500.0)
    write([*marked(3, 6, 16, 26), *calls, svd], tmp_path / "a")
    what = "update traces in 2 calls of 2 ms, and does not in 2 calls of 9 ms"
    check(tmp_path / "a", what, "compute", "aug/Svd")
    calls = [call("update", at, at + 8, "eager") for at in (1, 11)]
    write([*marked(10, 20), *calls, replace(svd, duration=1500.0)], tmp_path / "eager")
    what = "update runs eagerly in both of 2 steps"
    check(tmp_path / "eager", what, "compute", "aug/Svd", idea="Eager calls trace nothing.")
    some = [call("augment", 10 * i + 1, 10 * i + 3.5, TRACED) for i in range(2)]
    more = [call("update", 10 * i + 4, 10 * i + 6, TRACED) for i in range(2)]
    write([*marked(8, 18), *some, *more, call("update", 6.2, 7.7)], tmp_path / "b")
    what = "augment traces twice for 2.5 ms, update twice for 2 ms, and is then called for 1.5"
    check(tmp_path / "b", what, "retracing", "augment")


def is_call(event):
    return "tf_function_call" in event.facts


def call(name, begin, end, how="notTraced-nonXla"):
    """A call of a function; `begin` and `end` are in milliseconds."""
    facts = {"tf_function_call": how, "tracing_count": 1}
    return Event(HOST, "python", name, 1000.0 * begin, 1000.0 * (end - begin), facts)


def marked(*ends):
    """Steps that follow each other, up to these milliseconds."""
    begins = (0, *ends)
    return [
        Event(HOST, "python", "train", 1000.0 * a, 1000.0 * (b - a), {**MARKER, "step_num": i})
        for i, (a, b) in enumerate(zip(begins, ends, strict=False))
    ]


TRACED = "traced-nonXla"
MARKER = {"_r": 1, "epoch": 3}  # a marker may say more than that it is one


def test_the_function_that_traces_most_is_named(tmp_path):
    """Of two functions that are retraced, the one that takes more time for it is the culprit.

    Which one comes first, or traces more often, says little. A single trace is normal, however
    long it takes.
    """
    steps = marked(9.2, 19.2, 29.2)
    short = [call("augment", 10 * i + 1, 10 * i + 2, TRACED) for i in range(3)]
    long = [call("update", 10 * i + 3, 10 * i + 9, TRACED) for i in range(2)]
    late = [call("update", 23, 26)]
    write([*steps, *short, *long, *late], tmp_path / "a")
    what = "augment traces 3 times for 1 ms, update traces twice for 6 ms"
    check(tmp_path / "a", what, "retracing", "update")
    some = [call("augment", 10 * i + 1, 10 * i + 3.5, TRACED) for i in range(2)]
    more = call("update", 4, 7, TRACED), call("update", 14, 15, TRACED)
    write([*marked(10, 25), *some, *more, call("evaluate", 16.5, 24, TRACED)], tmp_path / "b")
    what = "augment traces twice for 2.5 ms, update for 3 and for 1 ms, evaluate once for 7.5"
    check(tmp_path / "b", what, "retracing", "augment")


def test_a_first_trace_is_normal(tmp_path):
    """A function that is traced once is not retraced, and its call counts as compute.

    Without a warm-up, the first step of a capture traces every function that it calls.
    """
    events = [*training_step(0, traced=True, ops=SLOW_OP), *training_step(1, ops=SLOW_OP)]
    write(events, tmp_path / "a")
    check(tmp_path / "a", "the first of 2 steps traces", "compute", "aug/Svd")
    write(training_step(0, traced=True, ops=SLOW_OP), tmp_path / "b")
    check(tmp_path / "b", "the only step traces", "compute", "aug/Svd")
    calls = call("augment", 1, 4, TRACED), call("update", 4, 9, TRACED)
    svd = Event(HOST, COMPUTE, "aug/Svd:Svd", 2000.0, 1500.0)
    write([*marked(10), *calls, svd], tmp_path / "c")
    what = "a step calls two functions, and each of them traces for the first time"
    check(tmp_path / "c", what, "compute", "aug/Svd")
    calls = call("update", 1, 9, TRACED), call("update", 11, 19, TRACED)
    svd = Event(HOST, COMPUTE, "aug/Svd:Svd", 12_000.0, 1500.0)
    write([*marked(10, 20)[1:], *calls, svd], tmp_path / "d")
    what = "update traces before the first step, and in it"
    idea = "A trace before the first step is a warm-up, and does not count."
    check(tmp_path / "d", what, "compute", "aug/Svd", idea=idea)


def test_python_takes_the_time(tmp_path):
    """What is neither wait nor call is Python.

    No event says so. It is what is left of the steps.
    """
    logdir = recorded(tmp_path / "between", python=7500.0, busy="PyFunc:PyFunc")
    check(logdir, "7.5 of 10 ms lie between the batch and the call", "python", "")
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 6000.0, 2000.0)
    write([*marked(10), wait, call("update", 8, 9.9)], tmp_path / "before")
    check(tmp_path / "before", "6 of 10 ms lie before the wait", "python", "")
    early = replace(wait, start=100.0, duration=2800.0)
    write([*marked(10), early, call("update", 3, 6)], tmp_path / "after")
    what = "of 10 ms, 2.8 are the wait and 3 the call; 4 of the others lie after the call"
    check(tmp_path / "after", what, "python", "")


def test_what_is_between_steps_does_not_count(tmp_path):
    """What happens outside of the marked steps does not count.

    An evaluation between two epochs, say, with waits and calls of its own. Its end may reach into
    a step.
    """
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 41_000.0, 90_000.0)
    logdir = recorded(tmp_path / "after", ops=SLOW_OP, also=[wait])
    check(logdir, "a wait of 90 ms after the last step", "compute", "aug/Svd")
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 1_000.0, 99_500.0)
    steps = [event for number in (10, 11) for event in training_step(number, ops=SLOW_OP)]
    write([wait, *steps], tmp_path / "before")
    what = "a wait of 99.5 ms begins before the first step, and ends in it"
    check(tmp_path / "before", what, "compute", "aug/Svd")
    steps = [event for number in (0, 9) for event in training_step(number, ops=SLOW_OP)]
    steps = changed(steps, lambda event: "step_num" in event.facts, name="update")
    write(steps, tmp_path / "between")
    what = 'two steps, named "update", with 80 ms between them'
    check(tmp_path / "between", what, "compute", "aug/Svd")
    evaluation = [call("test_step", at, at + 20, TRACED) for at in (41, 62, 83)]
    logdir = recorded(tmp_path / "calls", python=7500.0, also=evaluation)
    what = "7.5 of 10 ms are Python; after the last step, calls of 20 ms trace"
    check(logdir, what, "python", "")
    steps = [event for number in (0, 9) for event in training_step(number, python=7500.0)]
    write([*steps, call("test_step", 20, 90.5)], tmp_path / "call")
    what = "7.5 of 10 ms are Python; between two steps, a call of 70.5 ms begins"
    check(tmp_path / "call", what, "python", "")


def test_the_culprit_is_in_the_steps(tmp_path):
    """The culprit is an operation that starts within a step.

    A checkpoint between two steps, or after them, may take longer than all of them. It is not what
    they wait for.
    """
    save = Event(HOST, COMPUTE, "save/SaveV2:SaveV2", 41_000.0, 90_000.0)
    logdir = recorded(tmp_path / "compute", ops=SLOW_OP, also=[save])
    what = "an Svd takes 7 of 10 ms, and a SaveV2 90 ms after the last step"
    check(logdir, what, "compute", "aug/Svd")
    read_ahead = Event(HOST, DATA_POOL, "shard/ReadFile:ReadFile", 41_000.0, 90_000.0)
    slow = {"wait": 8000.0, "busy": "decode/DecodeJpeg:DecodeJpeg"}
    logdir = recorded(tmp_path / "input", also=[read_ahead], **slow)
    what = "steps wait 8 of 10 ms for a DecodeJpeg; after them, a ReadFile takes 90 ms"
    check(logdir, what, "input", "decode/DecodeJpeg")
    save = Event(HOST, COMPUTE, "save/SaveV2:SaveV2", 20_000.0, 70_500.0)
    steps = [event for number in (0, 9) for event in training_step(number, ops=SLOW_OP)]
    write([*steps, save], tmp_path / "between")
    what = "an Svd takes 7 of 10 ms; between two steps, a SaveV2 of 70.5 ms begins"
    check(tmp_path / "between", what, "compute", "aug/Svd")


def test_an_event_counts_with_all_its_time(tmp_path):
    """An event that starts within a step counts with all its time.

    What a step has started may last longer than the step, and run beside other things.
    """
    save = Event(HOST, COMPUTE, "save/SaveV2:SaveV2", 39_500.0, 90_000.0)
    logdir = recorded(tmp_path / "operation", ops=SLOW_OP, also=[save])
    what = "an Svd takes 7 of 10 ms; in the last step a SaveV2 of 90 ms starts"
    check(logdir, what, "compute", "save/SaveV2")
    wait = Event(HOST, "reader/3", "IteratorGetNextOp::DoCompute", 39_500.0, 60_000.0)
    parse = Event(HOST, DATA_POOL, "parse/DecodeCSV:DecodeCSV", 500.0, 100.0)
    logdir = recorded(tmp_path / "wait", ops=SLOW_OP, also=[wait, parse])
    what = "an Svd takes 7 of 10 ms; in the last step a wait of 60 ms starts"
    check(logdir, what, "input", "parse/DecodeCSV")
    beside = [
        Event(HOST, "reader/3", "IteratorGetNextOp::DoCompute", 10_000.0 * i + 50, 3300.0)
        for i in range(4)
    ]
    loop = Event(HOST, COMPUTE, "loop/While:While", 2000.0, 6000.0)
    body = [Event(HOST, COMPUTE, "loop/Svd:Svd", at, 2500.0) for at in (2200.0, 5000.0)]
    write([*marked(10), call("update", 1, 9), loop, *body], tmp_path / "loop")
    what = "a While of 6 ms runs an Svd of 2.5 ms twice"
    idea = "The total time of an operation has the time of those that run within it."
    check(tmp_path / "loop", what, "compute", "loop/While", idea, explains="loop/Svd")
    also = [*beside, parse]
    logdir = recorded(tmp_path / "beside", wait=3500.0, ops={"aug/Svd:Svd": 5500.0}, also=also)
    what = "each step of 10 ms waits 3.5 ms on one thread, and meanwhile 3.3 ms on another"
    check(logdir, what, "input", "parse/DecodeCSV")
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 100.0, 4600.0)
    aside = replace(call("evaluate", 0.2, 4.6), line="worker/5")
    write([*marked(10), wait, aside, parse], tmp_path / "left")
    what = "a step of 10 ms waits 4.6 ms, and meanwhile another thread calls for 4.4"
    idea = "Python is what is left when all waits and all calls are taken away: 1 ms here."
    check(tmp_path / "left", what, "input", "parse/DecodeCSV", idea=idea)


def test_without_steps_nothing_is_known(tmp_path):
    """Without a marked step, the diagnosis is ("no steps", "").

    No tool can guess where a step begins.
    """
    check(recorded(tmp_path / "a", marker=False), "no step is marked", "no steps", "")
    steps = [event for number in range(4) for event in training_step(number, ops=SLOW_OP)]
    numbered = changed(steps, lambda event: "step_num" in event.facts, facts={"step_num": 1})
    run = {"id": 7_000, "_r": 1}
    events = changed(numbered, lambda event: event.name == "FunctionRun", facts=run)
    write(events, tmp_path / "b")
    zeros = {"step_num": 0, "_r": 0}
    events = changed(steps, lambda event: "step_num" in event.facts, facts=zeros)
    write(changed(events, lambda e: e.line == "python", line="trainer/5"), tmp_path / "c")
    what = "each marker has `step_num` and `_r`, both 0, and the loop runs on another thread"
    check(tmp_path / "c", what, "compute", "aug/Svd", idea="")
    what = "the markers have `step_num` alone, and each FunctionRun has `_r` alone"
    idea = "A marker with `step_num` alone only has a number. Events that run a function have `_r`."
    check(tmp_path / "b", what, "no steps", "", idea=idea)


def test_without_a_capture_there_is_an_error(tmp_path):
    """A folder without a capture is a FileNotFoundError."""
    called = "diagnose of a folder without a capture"
    expect.raises(lambda: diagnose(tmp_path), FileNotFoundError, called=called)
    table = tmp_path / "plugins" / "profile" / "2026_01_01_00_00_00" / "ALL_HOSTS.op_stats.pb"
    table.parent.mkdir(parents=True)
    table.touch()
    called = "diagnose of a folder with a saved table, and without a capture"
    idea = "The converters put their tables beside a capture. Its name ends with .xplane.pb."
    expect.raises(lambda: diagnose(tmp_path), FileNotFoundError, called=called, idea=idea)


@pytest.mark.beyond
def test_a_call_within_a_call_counts_once(tmp_path):
    """A call within another one is a part of it.

    A function that calls another one traces both. Their times are not two times: the four shares
    are the steps' time, and no more.
    """
    parse = Event(HOST, DATA_POOL, "parse/DecodeCSV:DecodeCSV", 200.0, 4000.0)
    steps = [*marked(10, 20), parse]
    for at in 0, 10:
        wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 1000.0 * at + 100, 5000.0)
        outer, first = call("update", at + 5.25, at + 9.75), call("augment", at + 5.25, at + 7.25)
        steps += [wait, outer, first, call("loss", at + 7.5, at + 9.5)]
    write(steps, tmp_path / "a")
    what = "a step waits 5 ms, and calls for 4.5 ms a function that calls two others of 2 ms"
    check(tmp_path / "a", what, "input", "parse/DecodeCSV")
    svd = Event(HOST, COMPUTE, "aug/Svd:Svd", 8000.0, 1500.0)
    first = call("update", 1, 9.8, TRACED)
    inner = call("loss", 2, 4, TRACED), call("loss", 5, 7, TRACED)
    write([*marked(10), first, *inner, svd], tmp_path / "b")
    what = "the first call of update, which traces, traces loss for two shapes"
    check(tmp_path / "b", what, "compute", "aug/Svd")
    for begin, end in (1.5, 6.5), (1.5, 4.5):
        side_by_side = replace(call("evaluate", begin, end), line="worker/5")
        write([*marked(10), call("update", 1, 5), side_by_side, svd], tmp_path / str(end))
        what = f"a step of 10 ms calls for 4 ms; another thread calls from {begin} to {end} ms"
        check(tmp_path / str(end), what, "compute", "aug/Svd")
    together = call("augment", 1, 2), call("update", 1, 9)
    write([*marked(10), *together, svd], tmp_path / "together")
    what = "a step calls update for 8 ms, which at once calls augment for 1 ms"
    check(tmp_path / "together", what, "compute", "aug/Svd")
    wait = Event(HOST, "python", "IteratorGetNextOp::DoCompute", 100.0, 5000.0)
    others = call("evaluate", 6, 9), call("loss", 6.2, 8.8)
    on_another = [replace(event, line="worker/5") for event in others]
    write([*marked(10), wait, parse, call("update", 6, 7), *on_another], tmp_path / "another")
    what = (
        "a step waits 5 ms, and calls for 1 ms; another thread calls for 3, and within that for 2.6"
    )
    check(tmp_path / "another", what, "input", "parse/DecodeCSV")
    steps = [*marked(10, 20), svd]
    for at in 0, 10:
        steps += [call("evaluate", at + 0.5, at + 5), call("update", at + 5.5, at + 9, TRACED)]
        steps.append(call("loss", at + 6, at + 8.5, TRACED))
    write(steps, tmp_path / "traces")
    what = "steps call for 4.5 ms, and trace for 3.5 ms; of these, 2.5 are a trace within a trace"
    check(tmp_path / "traces", what, "compute", "aug/Svd")
    first = call("update", 0.5, 1.5, TRACED), call("loss", 0.7, 1.3, TRACED)
    write([*marked(10), *first, call("loss", 2, 9.5, TRACED), svd], tmp_path / "once")
    what = "update traces, and within that loss; then loss traces on its own, for 7.5 of 10 ms"
    check(tmp_path / "once", what, "compute", "aug/Svd")
    fit = call("fit", 5, 19.9), call("update", 11, 19)
    write([*marked(10, 20)[1:], *fit, replace(svd, start=12_000.0)], tmp_path / "fit")
    what = "a call begins before the only step, and within it one of 8 ms begins in the step"
    idea = "A call that does not count has no part that it could add."
    check(tmp_path / "fit", what, "compute", "aug/Svd", idea=idea)
    itself = [call("update", 1, 9, TRACED), call("update", 2, 8, TRACED)]
    write([*marked(10), *itself, svd], tmp_path / "itself")
    what = "the first call of update traces, and calls update for another shape, which traces too"
    check(tmp_path / "itself", what, "compute", "aug/Svd")


@pytest.mark.beyond
def test_there_may_be_nobody_to_blame(tmp_path):
    """Without an operation to name, the culprit is "".

    Steps that wait for the network wait for something that is no operation.
    """
    check(
        recorded(tmp_path / "a", wait=8000.0), "steps wait, and tf.data does nothing", "input", ""
    )
    write([*marked(10), call("update", 1, 9)], tmp_path / "b")
    check(tmp_path / "b", "a step computes, and no operation is seen", "compute", "")


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
