"""The GPU in these traces is made up, so that they can be read without one."""

import json

import pytest
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from dojo import expect
from katas.q12.gpu_gaps import busiest_in_gaps, idle_share
from lab.xplane import COMPUTE, GPU, HOST, Event, read, training_step, write

COMPUTE_STREAM, COPY_STREAM = "Stream #14(Compute)", "Stream #15(Memcpy)"
ON_A_STREAM = "A stream of a GPU has events here. A line is known by its process and its thread."


def trace_of(file):
    """What the trace viewer shows of a capture."""
    data, _ = raw_to_tool_data.xspace_to_tool_data(
        [str(file)], "trace_viewer", {"use_saved_result": False}
    )
    return json.loads(data)


def trace(logdir, *events):
    return trace_of(write(events, logdir))


def on_gpu(begin, end, stream=COMPUTE_STREAM, gpu=GPU, **facts):
    """A kernel, or a copy; `begin` and `end` are in milliseconds."""
    return Event(gpu, stream, "gemm", 1000.0 * begin, 1000.0 * (end - begin), facts)


def on_host(name, begin, end, thread="python"):
    return Event(HOST, thread, name, 1000.0 * begin, 1000.0 * (end - begin))


def check_share(seen, share, what, idea=None):
    called = f"idle_share; {what}"
    with expect.works(called, idea=idea or ON_A_STREAM, when="ValueError"):
        found = idle_share(seen)
    expect.value(found, share, tolerance=0.001, called=called, idea=idea)


def check_busiest(seen, name, milliseconds, what, idea=None):
    called = f"busiest_in_gaps; {what}"
    with expect.works(called, idea=idea or ON_A_STREAM, when="ValueError"):
        found = busiest_in_gaps(seen)
    good = isinstance(found, tuple) and len(found) == 2
    seen = repr(found)[:100]
    expect.that(good, called=called, expected="a name and a time", seen=seen, idea="")
    named = str(found[0]) if isinstance(found[0], str) else found[0]
    expect.same(named, name, called=f"the name by {called}", idea=idea)
    what = f"the microseconds by {called}"
    expect.value(found[1], 1000.0 * milliseconds, tolerance=1e-5, called=what, idea=idea)


def test_gaps_are_idle(tmp_path):
    """Between the first and the last event on its stream, the GPU is idle in the gaps.

    The share is one of the time between these two. What comes before, and after, is not known to
    be a gap.
    """
    work = [on_gpu(begin, begin + 1) for begin in (3, 7, 11)]
    seen = trace(tmp_path, *work, on_host("save", 0, 20))
    check_share(seen, 6 / 9, "the GPU works for 3 ms of the 9 between 3 and 12")


def test_the_gpu_has_any_number(tmp_path):
    """The GPU in the trace has any number.

    A machine has several GPUs, and the one that was captured may be any of them.
    """
    for gpu in GPU, "/device:GPU:3", "/device:GPU:12":
        work = on_gpu(3, 4, gpu=gpu), on_gpu(7, 8, gpu=gpu)
        seen = trace(tmp_path / gpu.split(":")[-1], *work, on_host("decode", 5, 6))
        # What fails with the number 0 fails for another reason.
        idea = "There are events on a stream. Its GPU may have any number." * (gpu != GPU)
        check_share(seen, 0.6, f"{gpu} works for 2 ms of the 5 between 3 and 8", idea)
        check_busiest(seen, "decode", 1.0, f"1 ms of decode in a gap of {gpu}", idea)


def test_streams_overlap(tmp_path):
    """The GPU is idle when no stream has an event.

    Streams work side by side. What two of them do at the same time is not twice the time.
    """
    work = on_gpu(0, 4), on_gpu(6, 10), on_gpu(1, 5, COPY_STREAM)
    seen = trace(tmp_path, *work, on_host("log", 4.1, 5), on_host("decode", 5.2, 5.7))
    what = "0 to 4 and 6 to 10 ms on one stream, 1 to 5 on another"
    check_share(seen, 0.1, what)
    what = f"{what}; 0.9 ms of log, 0.5 ms of decode in a gap"
    check_busiest(seen, "decode", 0.5, what)


def test_a_short_event_within_a_long_one(tmp_path):
    """An event that is over sooner than one that began before it does not begin a gap.

    The last event to begin need not be the last one to end.
    """
    work = on_gpu(0, 8), on_gpu(1, 2, COPY_STREAM), on_gpu(9, 10), on_gpu(9.2, 9.4, COPY_STREAM)
    check_share(trace(tmp_path, *work), 0.1, "0 to 8 ms, and within that 1 to 2")


def test_derived_lines_are_no_work(tmp_path):
    """Only streams show work. Other lines are made from them.

    The viewer draws a step over all that belongs to it, gaps included.
    """
    number = {"correlation_id": 900}
    launch = Event(HOST, COMPUTE, "cuLaunchKernel", 1300.0, 5.0, number)
    kernel = {**number, "kernel_details": "regs:1", "tf_op": "dense/MatMul:MatMul"}
    events = *training_step(0), launch, on_gpu(2, 3, **kernel), on_gpu(7, 8, **kernel)
    seen = trace(tmp_path / "a", *events)
    lines = {e["args"]["name"] for e in seen["traceEvents"] if e and e["name"] == "thread_name"}
    assert "Steps" in lines, lines
    check_share(seen, 4 / 6, "2 kernels of 1 ms in 6 ms, and a line for steps")
    line = "Launches on Stream #14(Compute)"
    events = on_gpu(0, 1), on_gpu(4, 5), on_gpu(0, 8, line), on_host("decode", 2, 3)
    seen = trace(tmp_path / "b", *events)
    what = f'2 kernels of 1 ms in 5 ms, and the line "{line}"'
    idea = 'The name of a stream begins with "Stream", and then goes on as it likes.'
    check_share(seen, 3 / 5, what, idea)
    check_busiest(seen, "decode", 1.0, f"{what}; 1 ms of decode in the gap", idea)
    line = "Stream of copies"
    what = f'2 copies of 1 ms in 5 ms, on the line "{line}"'
    check_share(trace(tmp_path / "c", on_gpu(0, 1, line), on_gpu(4, 5, line)), 3 / 5, what, idea)


def test_a_line_belongs_to_its_process(tmp_path):
    """A line of the host is no stream of the GPU, whatever its name.

    Threads are numbered anew in each process, and programs name them as they like.
    """
    fetch = on_host("fetch", 1.5, 3.5, "Stream reader")
    seen = trace(tmp_path, on_gpu(0, 1), on_gpu(4, 5), fetch, on_host("log", 2.8, 3.8))
    what = (
        '2 kernels of 1 ms in 5 ms; 2 ms of fetch on the host\'s line "Stream reader", 1 ms of log'
    )
    check_share(seen, 3 / 5, what)
    check_busiest(seen, "fetch", 2.0, what)


def test_the_busiest_in_the_gaps(tmp_path):
    """What counts is what the host does while the GPU waits, over all threads.

    The GPU does not mind what happens while it works.
    """
    seen = trace(
        tmp_path,
        *(on_gpu(begin, end) for begin, end in ((0, 1), (9, 10), (11, 20))),
        on_host("augment/RandomCrop:RandomCrop", 1.2, 8.2, "tf_data_private_threadpool/1"),
        on_host("noise", 12, 19.5),
        on_host("short", 2, 2.1),
        on_host("save", 20.5, 40),
    )
    check_busiest(
        seen,
        "augment/RandomCrop:RandomCrop",
        7.0,
        "7 ms of cropping in a gap, 7.5 ms of noise while the GPU works, 19 ms after it",
    )


def test_only_the_part_in_a_gap_counts(tmp_path):
    """Of an event that begins before a gap, or ends after it, the part in the gap counts."""
    seen = trace(
        tmp_path,
        *(on_gpu(0, 5), on_gpu(6, 10)),
        *(on_host("long", 0, 5.2, "a"), on_host("late", 5.7, 9, "b"), on_host("fits", 5.1, 5.6)),
    )
    what = "5.2 ms before, 3.3 ms after, and 0.5 ms within a gap of 1 ms"
    check_busiest(seen, "fits", 0.5, what)
    work = on_gpu(3, 4), on_gpu(7, 8), on_gpu(12, 13)
    seen = trace(tmp_path / "around", *work, on_host("save", 0, 20))
    what = "one event of 20 ms, around all work and its gaps of 3 and 4 ms"
    check_busiest(seen, "save", 7.0, what)


def test_events_of_one_name_are_added_up(tmp_path):
    """Many short events of one name may be more than a long one.

    All events of a name count, whatever is around them, and on whichever thread they are.
    """
    idea = "Events within another one count as well, and are not taken away from it."
    parse = [on_host("parse", 1.0 + i, 1.6 + i) for i in range(8)]
    events = on_gpu(0, 1), on_gpu(9.5, 10), on_host("once", 2, 5, "another"), *parse
    what = "8 times 0.6 ms of parse, and once 3 ms, in a gap"
    check_busiest(trace(tmp_path, *events), "parse", 4.8, what)
    parts = [on_host("shuffle", 1, 3), on_host("map", 4, 6)]
    parse = [on_host("parse", begin, begin + 1.5) for begin in (1.2, 4.2)]
    seen = trace(tmp_path / "within", on_gpu(0, 1), *parts, *parse, on_gpu(7, 8))
    what = "1.5 ms of parse within 2 ms of shuffle, and 1.5 ms within 2 ms of map"
    check_busiest(seen, "parse", 3.0, what, idea)
    events = on_host("step", 1, 6), *parse[:1], *(on_host("log", at, at + 1) for at in (3, 4.5))
    seen = trace(tmp_path / "around", on_gpu(0, 1), *events, on_gpu(7, 8))
    what = "a step of 5 ms, and within it 2 ms of log and 1.5 ms of parse"
    check_busiest(seen, "step", 5.0, what, idea)
    parse = [on_host("parse", 1, 3, thread) for thread in ("a", "b")]
    seen = trace(tmp_path / "two", on_gpu(0, 1), *parse, on_host("log", 1, 4), on_gpu(5, 6))
    what = "2 ms of parse on two threads at a time, and 3 ms of log"
    check_busiest(seen, "parse", 4.0, what, "Time on two threads is twice the time.")
    events = on_host("merge", 1, 4), on_host("merge", 2, 3.5), on_host("log", 1.5, 5.5, "another")
    seen = trace(tmp_path / "itself", on_gpu(0, 1), *events, on_gpu(7, 8))
    check_busiest(seen, "merge", 4.5, "1.5 ms of merge within 3 ms of merge; 4 ms of log", idea)


def test_many_small_kernels_wait_for_their_launches(tmp_path):
    """Short events count, too: many launches may be what the GPU waits for.

    A GPU that runs many small kernels is bound by launches: the host needs longer to start a
    kernel than the GPU to run it.
    """
    for length, period, log in (5.0, 10.0, 0.3), (0.5, 4.8, 0.05):
        kernels = [on_gpu(i * period / 1000, (i * period + 4) / 1000) for i in range(100)]
        begins = [(i * period + 4.15) / 1000 for i in range(99)]
        launches = [on_host("cuLaunchKernel", at, at + length / 1000) for at in begins]
        another = on_host("log", 0.3, 0.3 + log, "another")
        seen = trace(tmp_path / str(length), *kernels, *launches, another)
        what = f"100 kernels of 4 us; 99 launches of {length} us in the gaps, {log} ms of log"
        check_busiest(seen, "cuLaunchKernel", 0.099 * length, what)


def test_no_gap_is_no_culprit(tmp_path):
    """A GPU that is never idle waits for nobody, and one that is may wait for nobody known."""
    seen = trace(tmp_path / "busy", on_gpu(0, 5), on_gpu(4, 9, COPY_STREAM), on_host("busy", 0, 9))
    check_share(seen, 0.0, "0 to 5 ms on one stream, 4 to 9 on another")
    check_busiest(seen, "", 0.0, "the GPU works all the time")
    seen = trace(tmp_path / "alone", on_gpu(0, 1), on_gpu(2, 3))
    check_busiest(seen, "", 0.0, "a gap, and no event on the host at all")
    seen = trace(tmp_path / "beside", on_gpu(0, 1), on_gpu(2, 3), on_host("busy", 2, 5))
    check_busiest(seen, "", 0.0, "a gap, and an event on the host after it")
    seen = trace(tmp_path / "one", on_gpu(1, 3), on_host("busy", 1, 3))
    check_share(seen, 0.0, "a single event on a stream, so no gap")
    check_busiest(seen, "", 0.0, "a single event on a stream, so no gap")


def test_without_a_gpu_there_is_no_answer(tmp_path):
    """Without a GPU's stream in the trace, both functions raise a ValueError.

    That there is no GPU does not mean that it is never idle.
    """
    without = trace(tmp_path / "host", *training_step(0))
    derived = trace(tmp_path / "gpu", *training_step(0), on_gpu(1, 2, "XLA Ops"))
    for what, seen in ("a GPU", without), ("a stream, but with another line of a GPU", derived):
        for function in idle_share, busiest_in_gaps:
            called = f"{function.__name__} of a trace without {what}"
            expect.raises(lambda f=function, t=seen: f(t), ValueError, called=called)


def test_marks_are_no_events(tmp_path):
    """A mark on the line of a stream is no work, and does not make the time longer.

    Viewers draw marks and counters, too. They have a time, and last none.
    """
    seen = trace(tmp_path, on_gpu(0, 1), on_gpu(4, 5), on_host("decode", 2, 3))
    (one, *_) = (entry for entry in seen["traceEvents"] if entry.get("name") == "gemm")
    for kind, moment in ("i", 3.0), ("C", 9.0):
        mark = {"name": "mark", "ph": kind, "ts": 1000.0 * moment}
        seen["traceEvents"].append({**mark, "pid": one["pid"], "tid": one["tid"]})
    what = "2 kernels of 1 ms in 5 ms; a mark in the gap and a counter after the end on their line"
    idea = "An event has a duration. Look at what kind of an entry it is."
    check_share(seen, 3 / 5, what, idea)
    check_busiest(seen, "decode", 1.0, f"{what}; 1 ms of decode in the gap", idea)


@pytest.mark.beyond
def test_entries_stand_in_any_order(tmp_path):
    """The entries of a trace stand in any order.

    JSON that was merged or sorted by other tools may name a thread after its events.
    """
    events = on_gpu(0, 3), on_gpu(6, 10), on_host("parse", 3.5, 5.5)
    seen = trace(tmp_path, *events)
    seen["traceEvents"].reverse()
    what = "the GPU works from 0 to 3 and from 6 to 10 ms; the last entry comes first"
    check_share(seen, 0.3, what)
    check_busiest(seen, "parse", 2.0, what)


@pytest.mark.gpu
def test_a_real_gpu_is_idle_at_times(tmp_path):
    """On a real GPU, small steps leave gaps."""
    x = tf.ones([64, 64])
    step = tf.function(lambda: tf.reduce_sum(x @ x))
    step()
    with tf.profiler.experimental.Profile(str(tmp_path)):
        for _ in range(5):
            step().numpy()
    (file,) = tmp_path.glob("plugins/profile/*/*.xplane.pb")
    if not any(e.plane == GPU and e.line.startswith("Stream") for e in read(file)):
        pytest.skip("the profiler sees no GPU event here: CUPTI is missing, or has no permission")
    called = "idle_share of a real GPU"
    with expect.works(called):
        share = idle_share(trace_of(file))
    expect.that(0 < share < 1, called=called, expected="between 0 and 1", seen=f"{share}")
