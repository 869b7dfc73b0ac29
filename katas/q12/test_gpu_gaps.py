"""The GPU in these traces is made up, so that they can be read without one."""

import json

import pytest
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from dojo import expect
from katas.q12.gpu_gaps import busiest_in_gaps, idle_share
from lab.xplane import COMPUTE, GPU, HOST, Event, training_step, write

COMPUTE_STREAM, COPY_STREAM = "Stream #14(Compute)", "Stream #15(MemcpyH2D)"


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


def check_share(seen, share, what):
    expect.value(seen, share, tolerance=0.001, called=f"idle_share; {what}")


def check_busiest(found, name, milliseconds, what):
    called = f"busiest_in_gaps; {what}"
    good = isinstance(found, tuple) and len(found) == 2
    expect.that(good, called=called, expected="a name and a time", seen=repr(found)[:100])
    named = str(found[0]) if isinstance(found[0], str) else found[0]
    expect.same(named, name, called=f"the name by {called}")
    expect.value(
        found[1], 1000.0 * milliseconds, tolerance=1e-5, called=f"the microseconds by {called}"
    )


def test_gaps_are_idle(tmp_path):
    """Between the first and the last event on its stream, the GPU is idle in the gaps.

    What comes before the first one, and after the last, is not known to be a gap. A machine has
    several GPUs, and the one that was captured may be any of them.
    """
    for gpu in GPU, "/device:GPU:3":
        work = [on_gpu(begin, begin + 1, gpu=gpu) for begin in (3, 7, 12)]
        seen = trace(tmp_path / gpu[-1], *work, on_host("save", 0, 20))
        what = f"{gpu} works for 3 ms of the 10 between 3 and 13"
        check_share(idle_share(seen), 0.7, what)


def test_streams_overlap(tmp_path):
    """The GPU is idle when no stream has an event.

    Streams work side by side. What two of them do at the same time is not twice the time.
    """
    work = on_gpu(0, 4), on_gpu(6, 10), on_gpu(1, 5, COPY_STREAM)
    seen = trace(tmp_path / "a", *work)
    check_share(idle_share(seen), 0.1, "0 to 4 and 6 to 10 ms on one stream, 1 to 5 on another")


def test_a_short_event_within_a_long_one(tmp_path):
    """An event that is over sooner than one that began before it does not begin a gap.

    The last event to begin need not be the last one to end.
    """
    work = on_gpu(0, 8), on_gpu(1, 2, COPY_STREAM), on_gpu(9, 10), on_gpu(9.2, 9.4, COPY_STREAM)
    check_share(idle_share(trace(tmp_path, *work)), 0.1, "0 to 8 ms, and within that 1 to 2")


def test_derived_lines_are_no_work(tmp_path):
    """Only streams show work. Other lines are made from them.

    The viewer draws a step over all that belongs to it, gaps included.
    """
    number = {"correlation_id": 900}
    launch = Event(HOST, COMPUTE, "cuLaunchKernel", 1300.0, 5.0, number)
    kernel = {**number, "kernel_details": "regs:1", "tf_op": "dense/MatMul:MatMul"}
    events = *training_step(0), launch, on_gpu(2, 3, **kernel), on_gpu(7, 8, **kernel)
    seen = trace(tmp_path, *events)
    lines = {e["args"]["name"] for e in seen["traceEvents"] if e and e["name"] == "thread_name"}
    assert "Steps" in lines, lines
    what = "2 kernels of 1 ms in 6 ms, and a line for steps"
    check_share(idle_share(seen), 4 / 6, what)
    called = f"the microseconds by busiest_in_gaps; {what}, within a step of the host"
    expect.value(busiest_in_gaps(seen)[1], 4000.0, tolerance=1e-5, called=called)


def test_the_busiest_in_the_gaps(tmp_path):
    """What counts is what the host does while the GPU waits, over all threads.

    The GPU does not mind what happens while it works.
    """
    seen = trace(
        tmp_path,
        *(on_gpu(0, 1), on_gpu(9, 10), on_gpu(11, 20)),
        on_host("augment/RandomCrop:RandomCrop", 1.2, 8.2, "tf_data_private_threadpool/1"),
        on_host("noise", 12, 19.5),
        on_host("short", 2, 2.1),
        on_host("save", 20.5, 40),
    )
    check_busiest(
        busiest_in_gaps(seen),
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
    check_busiest(busiest_in_gaps(seen), "fits", 0.5, what)
    work = on_gpu(3, 4), on_gpu(7, 8), on_gpu(12, 13)
    seen = trace(tmp_path / "around", *work, on_host("save", 0, 20))
    what = "one event of 20 ms, around all work and its gaps of 3 and 4 ms"
    check_busiest(busiest_in_gaps(seen), "save", 7.0, what)


def test_events_of_one_name_are_added_up(tmp_path):
    """Many short events of one name may be more than a long one.

    Those that are parts of another event count as well.
    """
    parse = [on_host("parse", 1.0 + i, 1.6 + i) for i in range(8)]
    events = on_gpu(0, 1), on_gpu(9.5, 10), on_host("once", 2, 5, "another"), *parse
    what = "8 times 0.6 ms of parse, and once 3 ms, in a gap"
    check_busiest(busiest_in_gaps(trace(tmp_path, *events)), "parse", 4.8, what)
    parts = [on_host("shuffle", 1, 3), on_host("map", 4, 6)]
    parse = [on_host("parse", begin, begin + 1.5) for begin in (1.2, 4.2)]
    seen = trace(tmp_path / "within", on_gpu(0, 1), *parts, *parse, on_gpu(7, 8))
    what = "1.5 ms of parse within 2 ms of shuffle, and 1.5 ms within 2 ms of map"
    check_busiest(busiest_in_gaps(seen), "parse", 3.0, what)


def test_no_gap_is_no_culprit(tmp_path):
    """A GPU that is never idle waits for nobody, and one that is may wait for nobody known."""
    seen = trace(tmp_path / "busy", on_gpu(0, 5), on_gpu(4, 9, COPY_STREAM), on_host("busy", 0, 9))
    check_share(idle_share(seen), 0.0, "0 to 5 ms on one stream, 4 to 9 on another")
    check_busiest(busiest_in_gaps(seen), "", 0.0, "the GPU works all the time")
    seen = trace(tmp_path / "alone", on_gpu(0, 1), on_gpu(2, 3))
    check_busiest(busiest_in_gaps(seen), "", 0.0, "a gap, and no event on the host at all")


def test_without_a_gpu_there_is_no_answer(tmp_path):
    """Without a GPU's stream in the trace, both functions raise a ValueError.

    That there is no GPU does not mean that it is never idle.
    """
    seen = trace(tmp_path, *training_step(0))
    for function in idle_share, busiest_in_gaps:
        called = f"{function.__name__} of a trace without a GPU"
        expect.raises(lambda f=function: f(seen), ValueError, called=called)


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
    share = idle_share(trace_of(file))
    called = "idle_share of a real GPU"
    expect.that(0 < share < 1, called=called, expected="between 0 and 1", seen=f"{share}")
