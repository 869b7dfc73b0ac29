import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from dojo import expect
from katas.q12.capture import capture
from lab.xplane import read

FETCH = "IteratorGetNextOp::DoCompute"


class Loop:
    """A step, the batches that it was given, and a dataset of such batches."""

    def __init__(self):
        weights = tf.Variable(tf.ones([8, 8]))
        self.batches = []
        self.compiled = tf.function(lambda x: tf.reduce_sum(x @ weights))

    def __call__(self, batch):
        self.batches.append(int(batch[0, 0]))
        return self.compiled(batch)

    def dataset(self, batches):
        ones = tf.ones([4, 8])
        return tf.data.Dataset.range(batches).map(lambda i: ones * tf.cast(i, tf.float32))


@pytest.fixture(autouse=True)
def profiler_is_off():
    yield
    stop()


def stop():
    """Stop the profiler; tells whether it was still running."""
    try:
        tf.profiler.experimental.stop(save=False)
    except tf.errors.UnavailableError:
        return False
    return True


def captured(logdir, loop, steps, warmup=1, batches=9):
    with expect.works(f"capture(logdir, step, dataset, steps={steps}, warmup={warmup})"):
        return capture(logdir, loop, loop.dataset(batches), steps, warmup)


def events_in(file):
    with expect.works("reading the file that capture returned"):
        return read(file)


def files(logdir):
    return sorted(str(file) for file in Path(logdir).glob("plugins/profile/*/*.xplane.pb"))


def overview(file):
    """The seven tables of the profiler's overview page."""
    page, _ = raw_to_tool_data.xspace_to_tool_data(
        [str(file)], "overview_page", {"use_saved_result": False}
    )
    return json.loads(page)


def markers(file):
    return [event for event in events_in(file) if "step_num" in event.facts]


def test_the_file_is_named(tmp_path):
    """What comes back is the path of the file.

    The profiler names a folder by the time of day. Who wants to look at a capture later has to
    find it.
    """
    file = captured(tmp_path / "logs", Loop(), steps=2)
    expect.same(file, "".join(files(tmp_path / "logs")), called="what capture returns")


def test_the_overview_lists_every_step(tmp_path):
    """The overview page lists every step that was captured.

    A profile is a heap of events. What belongs to a step, no tool can guess, and without steps
    there is no step time and no verdict.
    """
    page = overview(captured(str(tmp_path), Loop(), steps=4))
    warnings = [row["c"][1]["v"] for row in page[6]["rows"]]
    expect.same(len(page[1]["rows"]), 4, called="how many steps the overview page lists, of 4")
    expect.same(warnings, [], called="the warnings on the overview page")


def test_steps_have_numbers(tmp_path):
    """Each step has a number of its own.

    By its number, a step that took long is found again in the logs.
    """
    numbers = [event.facts["step_num"] for event in markers(captured(tmp_path, Loop(), steps=3))]
    expect.same(len(set(numbers)), 3, called=f"how many numbers there are in {numbers}")


def test_a_step_waits_for_its_batch(tmp_path):
    """The batch is fetched within the step.

    What happens between two steps belongs to none of them. If the batch is fetched there, a slow
    input pipeline looks fast.
    """
    events = events_in(captured(tmp_path, Loop(), steps=3))
    steps = [event for event in events if "step_num" in event.facts]
    fetches = [event.start for event in events if event.name == FETCH]
    inside = [sum(step.start <= at <= step.end for at in fetches) for step in steps]
    expect.same(inside, [1, 1, 1], called="how many batches are fetched within each step")


def test_the_warm_up_comes_first(tmp_path):
    """Warm-up steps run before, and the capture has nothing of them.

    The first call of a function traces it, which takes longer than many steps and happens once.
    """
    loop = Loop()
    events = events_in(captured(tmp_path, loop, steps=3, warmup=2))
    expect.same(loop.batches, [0, 1, 2, 3, 4], called="the batches that 2 + 3 steps were given")
    calls = [e.facts["tf_function_call"] for e in events if "tf_function_call" in e.facts]
    expect.same(calls, ["notTraced-nonXla"] * 3, called="the calls of the function in the capture")
    loop, called = Loop(), "capture(logdir, step, dataset, steps=2), which has one step to warm up"
    with expect.works(called):
        capture(tmp_path / "default", loop, loop.dataset(9), 2)
    expect.same(loop.batches, [0, 1, 2], called=f"the batches of the steps of {called}")


def test_no_warm_up_is_possible(tmp_path):
    """With warmup=0, the first step is captured as well.

    Who wants to see what the first step costs has to see it.
    """
    loop = Loop()
    events = events_in(captured(tmp_path, loop, steps=2, warmup=0))
    calls = [e.facts["tf_function_call"] for e in events if "tf_function_call" in e.facts]
    seen = sorted(call.split("-")[0] for call in calls)
    called = "the calls of the function in a capture of 2 steps, warmup=0"
    expect.same(seen, ["notTraced", "traced"], called=called)


def test_a_step_that_fails_ends_the_capture(tmp_path):
    """When a step fails, the capture ends, and what was seen is on disk.

    There is one profiler in a process. One that nobody stops makes every later capture fail.
    """
    loop = Loop()

    def third_time_unlucky(batch):
        loop(batch)
        if len(loop.batches) == 3:
            raise KeyError("the third batch")

    called = "capture, with an exception in the second of 4 captured steps"
    failing = lambda: capture(tmp_path, third_time_unlucky, loop.dataset(9), 4)  # noqa: E731
    expect.raises(failing, KeyError, called=called)
    expect.same(stop(), False, called=f"whether the profiler still runs after {called}")
    expect.same(len(files(tmp_path)), 1, called=f"the files after {called}")


def test_a_short_dataset_is_refused(tmp_path):
    """A dataset with too few batches is a ValueError, and the profiler is off again.

    Fewer steps than asked for are another measurement than the one that was asked for.
    """
    loop = Loop()
    for warmup, steps, batches in (1, 4, 3), (3, 1, 2), (1, 4, 4):
        called = f"capture with warmup={warmup} and steps={steps}, of {batches} batches"
        short = lambda n=batches, s=steps, w=warmup: capture(tmp_path, loop, loop.dataset(n), s, w)  # noqa: E731
        expect.raises(short, ValueError, called=called)
        expect.same(stop(), False, called=f"whether the profiler still runs after {called}")


def test_captures_do_not_replace_each_other(tmp_path):
    """Captures, one right after the other, are as many files.

    The profiler names a capture by the second in which it ends, and replaces one of that name. What
    one wants to compare are two captures, before a change and after it.
    """
    first = captured(tmp_path, Loop(), steps=1)
    with expect.works("reading the file that capture returned"):
        content = Path(first).read_bytes()
    more = [captured(tmp_path, Loop(), steps=steps) for steps in (2, 1)]  # of three in a row,
    there, told = files(tmp_path), {str(file) for file in (first, *more)}  # two share a second
    expect.that(
        sorted(told) == there and len(there) == 3,
        called="three captures in the same folder",
        expected="three files, and their paths",
        seen=f"{len(there)} files, and {len(told)} paths",
    )
    same = np.array_equal(Path(first).read_bytes(), content)
    expect.that(
        same, called="the first file", expected="what was captured first", seen="other content"
    )


@pytest.mark.gpu
def test_a_gpu_has_a_plane_of_its_own(tmp_path):
    """On a GPU, the capture has what its streams did.

    The host only starts kernels; when they run, the device tells.
    """
    with tf.device("GPU:0"):
        loop = Loop()
    events = events_in(captured(tmp_path, loop, steps=3))
    streams = {e.line for e in events if e.plane == "/device:GPU:0" and "Stream" in e.line}
    expect.that(bool(streams), called="lines of /device:GPU:0", expected="streams", seen="none")
    kind = overview(files(tmp_path)[0])[2]["p"]["device_type"]
    expect.that("GPU" in kind, called="device_type of the overview", expected="a GPU", seen=kind)
