import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from dojo import expect
from katas.q12.capture import capture
from lab.xplane import read, training_step, write

FETCHES = ("IteratorGetNextOp::DoCompute", "IteratorGetNextAsOptionalOp::DoCompute")


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


def captured(logdir, loop, steps, warmup=1, batches=9, **foreseen):
    called = f"capture(logdir, step, dataset, steps={steps}, warmup={warmup})"
    with expect.works(called, **foreseen):
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


def test_the_file_is_named(tmp_path, monkeypatch):
    """What comes back is the path of the file.

    The profiler names a folder by the time of day. You have to find the capture later.
    """
    file = captured(tmp_path / "logs", Loop(), steps=2)
    expect.same(file, ", ".join(files(tmp_path / "logs")), called="what capture returns")
    monkeypatch.chdir(tmp_path)
    file = captured("relative", Loop(), steps=1)
    expect.that(
        [file] == files("relative"),
        called='what capture("relative", …) returns',
        expected='the path of the file, which begins with "relative/plugins"',
        seen="an absolute path" if Path(str(file)).is_absolute() else "another one",
        idea="A relative path still holds when the folder is moved with all that is around it.",
    )


def test_the_overview_lists_every_step(tmp_path):
    """The overview page lists every step that was captured.

    A profile is a heap of events. No tool can guess which of them belong to a step, and without
    steps there is no step time and no verdict.
    """
    page = overview(captured(str(tmp_path), Loop(), steps=4))
    warnings = [row["c"][1]["v"] for row in page[6]["rows"]]
    expect.same(len(page[1]["rows"]), 4, called="how many steps the overview page lists, of 4")
    expect.same(warnings, [], called="the warnings on the overview page")


def test_steps_have_numbers(tmp_path):
    """Each step has a number of its own.

    By its number you find a slow step again in the logs.
    """
    for steps in 6, 1:
        marked = markers(captured(tmp_path / str(steps), Loop(), steps))
        numbers = [event.facts["step_num"] for event in marked]
        kinds = sorted({type(number).__name__ for number in numbers})
        expect.same(kinds, ["int"], called=f"the types of step_num, with steps={steps}: {numbers}")
        called = f"how many different values of step_num there are, with steps={steps}: {numbers}"
        more = "The file has what you asked for. What a page leaves out is its own affair."
        idea = more if len(set(numbers)) > steps else None
        expect.same(len(set(numbers)), steps, called=called, idea=idea)


def inside(events, steps):
    """How many of the events begin within each step; at least as many numbers as it should be."""
    counts = [sum(step.start <= e.start <= step.end for e in events) for step in steps]
    return counts or [0, 0, 0]


def test_a_step_waits_for_its_batch(tmp_path):
    """The batch is fetched within the step.

    What happens between two steps belongs to none of them. If the batch is fetched there, a slow
    input pipeline looks fast.
    """
    file = captured(tmp_path, Loop(), steps=3)
    steps, events = markers(file), events_in(file)
    fetches = [e for e in events if e.name in FETCHES]
    calls = [e for e in events if "tf_function_call" in e.facts]
    rests = [
        replace(step, start=call.end, duration=step.end - call.end)
        for step in steps
        for call in calls
        if step.start <= call.start < call.end <= step.end
    ]
    expect.same(
        sum(inside(fetches, rests)),
        0,
        called="how many batches are fetched after the call in the same step",
        idea="A step that fetches the batch of the next one does not wait for its own.",
    )
    expect.same(
        inside(fetches, steps), [1, 1, 1], called="how many batches are fetched within each step"
    )


def test_a_step_runs_within_its_marker(tmp_path):
    """The step runs within its marker, too.

    A step is the wait for its batch and the work on it. Without the work, the input looks like the
    whole of it.
    """
    file = captured(tmp_path, Loop(), steps=3)
    calls = [e for e in events_in(file) if "tf_function_call" in e.facts]
    found = inside(calls, markers(file))
    expect.same(found, [1, 1, 1], called="how many calls of the step are within each marker")


def test_the_warm_up_comes_first(tmp_path):
    """Warm-up steps run before, and the capture has nothing of them.

    The first call of a function traces it. That takes longer than many steps, and happens once.
    """
    loop = Loop()
    events = events_in(captured(tmp_path, loop, steps=3, warmup=2))
    expect.same(loop.batches, [0, 1, 2, 3, 4], called="the batches that 2 + 3 steps were given")
    calls = [e.facts["tf_function_call"] for e in events if "tf_function_call" in e.facts]
    called = "the calls of the function in the capture of 3 steps"
    more = "The profiler records all steps that run while it is on."
    idea = more if calls.count("notTraced-nonXla") > 3 else None
    expect.same(calls, ["notTraced-nonXla"] * 3, called=called, idea=idea)
    loop, called = Loop(), "capture(logdir, step, dataset, steps=2), which has one step to warm up"
    with expect.works(called):
        capture(tmp_path / "default", loop, loop.dataset(9), 2)
    expect.same(loop.batches, [0, 1, 2], called=f"the batches of the steps of {called}")


def test_no_warm_up_is_possible(tmp_path):
    """With warmup=0, the first step is captured as well.

    You may want to see what the first step costs.
    """
    loop = Loop()
    events = events_in(captured(tmp_path, loop, steps=2, warmup=0))
    calls = [e.facts["tf_function_call"] for e in events if "tf_function_call" in e.facts]
    seen = sorted(call.split("-")[0] for call in calls)
    called = "the calls of the function in a capture of 2 steps, warmup=0"
    expect.same(seen, ["notTraced", "traced"], called=called)


def test_the_dataset_is_read_once(tmp_path):
    """Warm-up and capture share one pass over the dataset.

    A second pass reads what the first one has read. A shuffled dataset gives other batches, and
    the first captured step waits for all that is skipped.
    """
    loop, read_from_disk = Loop(), []

    def note(batch):
        read_from_disk.append(int(batch[0, 0]))
        return batch

    noted = loop.dataset(9).map(lambda x: tf.numpy_function(note, [x], tf.float32))
    dataset = noted.map(lambda x: tf.ensure_shape(x, [4, 8]))
    with expect.works("capture(logdir, step, dataset, steps=3, warmup=2)"):
        capture(tmp_path, loop, dataset, 3, 2)
    twice = sorted({number for number in read_from_disk if read_from_disk.count(number) > 1})
    called = "the batches that 2 + 3 steps make the dataset produce twice"
    expect.same(twice, [], called=called)


def test_a_batch_is_handed_on_as_it_is(tmp_path):
    """A batch of any structure is the one argument of a step.

    It may be a pair, a dictionary, or the number 0. What is in it is for the step to know.
    """
    numbers = tf.data.Dataset.range(3)
    structures = {
        "numbers": numbers,
        "pairs": numbers.map(lambda i: (i, i + 1)),
        "dictionaries": numbers.map(lambda i: {"a": i, "b": i + 1, "c": i + 2}),
        "tuples of one": numbers.map(lambda i: (i,)),
        "ragged": numbers.map(lambda i: tf.ragged.range([i, i + 2])),
    }
    for what, dataset in structures.items():
        given = []
        step = lambda *args, to=given, **named: to.append((args, named))  # noqa: E731
        with expect.works(f"capture with warmup=1 and steps=2, of 3 {what}"):
            capture(tmp_path / what, step, dataset, 2)
        right = [((batch,), {}) for batch in dataset]
        called = f"the arguments of each step, by name and not; the batches are {what}"
        expect.same(as_numbers(given), as_numbers(right), called=called)


def as_numbers(given):
    """The numbers and dtypes in tensors; of all else, a ragged tensor as well, its type."""

    def told(x):
        return f"{x.dtype.name} {x.numpy()}" if isinstance(x, tf.Tensor) else type(x).__name__

    return tf.nest.map_structure(told, given)


def test_a_short_dataset_is_refused(tmp_path):
    """A dataset with too few batches is a ValueError.

    Fewer steps than you asked for are another measurement.
    """
    loop = Loop()
    for warmup, steps, batches in (1, 4, 3), (3, 1, 2), (1, 4, 4):
        called = f"capture with warmup={warmup} and steps={steps}, of {batches} batches"
        short = lambda n=batches, s=steps, w=warmup: capture(tmp_path, loop, loop.dataset(n), s, w)  # noqa: E731
        expect.raises(short, ValueError, called=called)
        stop()
    unknown, called = (
        loop.dataset(3).filter(lambda batch: True),
        "capture with warmup=1 and steps=3",
    )
    called += ", of 3 batches; how many there are, the dataset does not know"
    expect.raises(lambda: capture(tmp_path, loop, unknown, 3), ValueError, called=called)
    stop()


@pytest.mark.beyond
def test_a_dataset_of_any_length(tmp_path):
    """The dataset may be endless, or of unknown length.

    For these, `cardinality()` is a negative number.
    """
    loop = Loop()
    unknown = loop.dataset(3).filter(lambda batch: True)
    for what, dataset in ("endless", loop.dataset(3).repeat()), ("unknown", unknown):
        with expect.works(f"capture with warmup=1 and steps=2; the dataset's length is {what}"):
            file = capture(tmp_path / what, loop, dataset, 2)
        expect.same(
            len(markers(file)), 2, called=f"how many steps are marked, of 2; the length is {what}"
        )


def failing_capture(logdir, error, at=3):
    """A capture of 4 steps, after a warm-up of one; call number `at` raises `error`."""
    loop = Loop()

    def unlucky(batch):
        loop(batch)
        if len(loop.batches) == at:
            raise error

    return lambda: capture(logdir, unlucky, loop.dataset(9), 4)


def survive(call):
    """Run what raises; which exception comes out is the question of other tests."""
    try:
        call()
    except NotImplementedError:
        raise
    except (Exception, KeyboardInterrupt, SystemExit):
        pass


def out_of_range():
    """What TensorFlow raises where Python raises a StopIteration."""
    return tf.errors.OutOfRangeError(None, None, "the end of another dataset")


@pytest.mark.beyond
def test_an_exception_of_a_step_comes_out(tmp_path):
    """What a step raises comes out of capture unchanged.

    Only the training loop knows what to do about it.
    """
    ended = "A step has iterators of its own. The end of one says nothing about the dataset."
    ideas = {StopIteration(): ended, out_of_range(): ended}
    for error in KeyError("a key"), *ideas, KeyboardInterrupt():
        idea = ideas.get(error)
        for at, where in (3, "the second of 4 captured steps"), (1, "the step to warm up"):
            kind = type(error)
            called = f"capture, with a {kind.__name__} in {where}"
            call = failing_capture(tmp_path / f"{kind.__name__}{at}", error, at)
            caught = expect.raises(call, kind, called=called, idea=idea)
            stop()
            expect.that(
                caught is error,
                called=called,
                expected="the very exception that the step raised",
                seen="another one of its kind",
                idea=idea,
            )


@pytest.mark.beyond
def test_an_exception_of_the_dataset_comes_out(tmp_path):
    """What goes wrong in the dataset comes out of capture unchanged, too.

    A file that cannot be read is not the end of the dataset.
    """
    broken = tf.data.Dataset.range(9).map(lambda i: 6 // (2 - i))
    called = "capture of a dataset that divides by zero for its third batch"
    call = lambda: capture(tmp_path, lambda batch: None, broken, 4)  # noqa: E731
    expect.raises(call, tf.errors.InvalidArgumentError, called=called)
    stop()


@pytest.mark.beyond
def test_an_exception_ends_the_capture(tmp_path):
    """After an exception the profiler is off, and the steps until then are on disk.

    The steps before the failure are the ones that you want to look at.
    """
    short = Loop()
    broken = tf.data.Dataset.range(9).map(lambda i: 6 // (2 - i))
    failing = {
        "a KeyError in the second step": failing_capture(tmp_path / "a", KeyError("a key")),
        "Ctrl-C in the second step": failing_capture(tmp_path / "b", KeyboardInterrupt()),
        "sys.exit() in the second step": failing_capture(tmp_path / "c", SystemExit()),
        "a batch that cannot be read": lambda: capture(tmp_path / "d", lambda x: None, broken, 4),
        "a dataset that ends early": lambda: capture(tmp_path / "e", short, short.dataset(3), 4),
    }
    one = "There is one profiler in a process. If it stays on, every later capture fails."
    no_exceptions = {
        "Ctrl-C in the second step": " Ctrl-C raises no Exception, but a KeyboardInterrupt.",
        "sys.exit() in the second step": " sys.exit() raises no Exception, but a SystemExit.",
    }
    for what, call in failing.items():
        survive(call)
        expect.that(
            not stop(),
            called=f"the profiler, after {what}",
            expected="it is off",
            seen="it is still running",
            idea=one + no_exceptions.get(what, ""),
        )
    # A dataset whose length is known may be refused before any step has run.
    for folder, what in zip("abcde" if short.batches else "abcd", failing, strict=False):
        there = files(tmp_path / folder)
        expect.same(len(there), 1, called=f"how many files there are after {what}")
        expect.that(
            len(markers(there[0])) > 0,
            called=f"the steps in the capture that {what} has ended",
            expected="the first step at least",
            seen="none",
        )


@pytest.mark.beyond
def test_captures_do_not_replace_each_other(tmp_path):
    """Each of several captures in a row has a file of its own.

    The profiler names a capture by the second in which it ends, and replaces one of that name. Two
    captures, before a change and after it, are what you want to compare.
    """
    write(training_step(0), tmp_path, run="the_baseline")  # renamed by somebody, and last by name
    for _ in range(2):
        survive(failing_capture(tmp_path, KeyError("a key")))
    gone = {
        "idea": "The profiler names a capture by the second in which it ends. After the second of "
        "two within a second, there is no new name.",
        "when": "unpack|IndexError|StopIteration|empty",
    }
    first = captured(tmp_path, Loop(), steps=1, **gone)
    with expect.works("reading the file that capture returned"):
        content = Path(first).read_bytes()
    second = captured(tmp_path, Loop(), steps=2, **gone)  # of several, two share a second
    there = [file for file in files(tmp_path) if "the_baseline" not in file]
    called = "four captures in the same folder, of which a KeyError ends the first two"
    expect.that(
        len(there) == 4,
        called=called,
        expected="four files",
        seen="fewer" if there else "none",
    )
    told = {str(first), str(second)}
    expect.that(
        len(told) == 2 and told <= set(there),
        called=f"what the other two return, of {called}",
        expected="the paths of two of the files",
        seen="a path that comes twice, or is none of them",
        idea="",
    )
    same = np.array_equal(Path(first).read_bytes(), content)
    expect.that(
        same, called="the third file", expected="what was captured then", seen="other content"
    )


def on_the_gpu(events):
    return {e.line for e in events if e.plane == "/device:GPU:0" and e.line.startswith("Stream")}


def need_counters(logdir, loop):
    """Skip where the profiler itself sees nothing of the GPU, whatever captures."""
    with tf.profiler.experimental.Profile(str(logdir)):
        loop(tf.ones([4, 8])).numpy()
    if not on_the_gpu(read(files(logdir)[0])):
        pytest.skip("the profiler sees no GPU event here: CUPTI is missing, or has no permission")


@pytest.mark.gpu
def test_a_gpu_has_a_plane_of_its_own(tmp_path):
    """On a GPU, the capture has what its streams did.

    The host only starts kernels. When they run, the device tells.
    """
    with tf.device("GPU:0"):
        loop = Loop()
    need_counters(tmp_path / "plain", loop)
    streams = on_the_gpu(events_in(captured(tmp_path / "logs", loop, steps=3)))
    expect.that(bool(streams), called="lines of /device:GPU:0", expected="streams", seen="none")
    kind = overview(files(tmp_path / "logs")[0])[2]["p"]["device_type"]
    expect.that("GPU" in kind, called="device_type of the overview", expected="a GPU", seen=kind)
