import functools
import itertools
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q12.fix_pipeline import input_pipeline
from lab.xplane import read

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (22, 6, 5, 3)).astype("uint8")
LABELS = RNG.integers(0, 2, 22).astype("int32")
GRAY = RNG.integers(0, 256, (5, 3, 8, 1)).astype("uint8"), np.array([1, 0, 0, 1, 1], "int32")
PASS = "a pass over the pipeline"
CALLED = "input_pipeline(images, labels, 4), with 22 images"


def pipeline(images, labels, batch_size=4):
    called = f"input_pipeline(images, labels, {batch_size}), with {len(images)} images"
    with expect.works(called):
        dataset = input_pipeline(images, labels, batch_size)
    is_one = isinstance(dataset, tf.data.Dataset)
    seen = type(dataset).__name__
    expect.that(is_one, called=called, expected="a tf.data.Dataset", seen=seen, idea="")
    spec = dataset.element_spec
    expect.that(
        isinstance(spec, tuple) and len(spec) == 2,
        called=f"an element of {called}",
        expected="a pair, of images and labels",
        seen=f"a {type(spec).__name__}" + f" of {len(spec)}" * isinstance(spec, tuple | dict),
        idea="",
    )
    return dataset


def one_pass(dataset, batch_size=4, images=IMAGES):
    """All batches; of a pipeline without an end, one more than there should be."""
    return itertools.islice(dataset, -(-len(images) // batch_size) + 1)


@functools.cache
def seen_by_the_profiler(batch_size=4):
    """All events while the pipeline runs once, without what tf.data makes of it.

    By itself tf.data fuses, runs in parallel and prefetches some of what it is given.
    """
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    dataset = pipeline(IMAGES.copy(), LABELS.copy(), batch_size).with_options(options)
    with tempfile.TemporaryDirectory() as logdir:
        with (
            tf.profiler.experimental.Profile(logdir),
            tf.profiler.experimental.Trace(PASS),
            expect.works(f"a pass over {CALLED}"),
        ):
            for _ in one_pass(dataset, batch_size):
                pass
        (file,) = Path(logdir).glob("plugins/profile/*/*.xplane.pb")
        return read(file)


def stages():
    """Events in which a stage of the pipeline gives its next element: its kind, and the event."""
    return [
        (event.name.split("::")[-1].split("[")[0], event)
        for event in seen_by_the_profiler()
        if event.name.startswith("Iterator::Root::")
    ]


def test_the_examples_stay_the_same():
    """The batches are the same as before: images, labels, order, and the last batch.

    A pipeline that is fast and gives something else is not faster.
    """
    loose = sorted({kind for kind, e in stages() if e.facts.get("deterministic") == "false"})
    expect.same(
        loose,
        [],
        called=f"the stages of {CALLED} that may give their elements in any order",
        idea="With deterministic=False a stage hands on what is ready first. Often that is the "
        "right order, and on a busy machine it is not.",
    )
    both = IMAGES, LABELS
    for (images, labels), size in (both, 4), (both, 1), (both, 20), (GRAY, 8):
        right = images.astype("float32") / 255.0
        right[labels == 1] = right[labels == 1, :, ::-1]
        dataset = pipeline(images.copy(), labels.copy(), size)
        for number in "first", "second":
            with expect.works(f"the {number} pass over it"):
                batches = list(one_pass(dataset, size, images))
            sizes = [len(of_batch) for _, of_batch in batches]
            called = f"the {number} pass over input_pipeline(images, labels, {size})"
            rest = len(labels) % size
            want = [size] * (len(labels) // size) + [rest] * (rest > 0)
            expect.same(sizes, want, called=f"the sizes of batches in {called}")
            found = [np.concatenate(part) for part in zip(*batches, strict=True)]
            for label in 0, 1:
                images_of = f"the images with label {label} of {called}"
                these = labels == label
                expect.value(found[0][these], right[these], dtype="float32", called=images_of)
            expect.value(found[1], labels, dtype="int32", called=f"all labels of {called}")


def test_the_arrays_are_not_changed():
    """The arrays that the pipeline is given stay as they are.

    They belong to others, who may look at them, or make a second pipeline of them.
    """
    images, labels = IMAGES.copy(), LABELS.copy()
    dataset = pipeline(images, labels)
    with expect.works(f"a pass over {CALLED}"):
        for _ in one_pass(dataset):
            pass
    expect.value(images, IMAGES, called=f"the images that {CALLED}, was given", dtype="uint8")
    expect.value(labels, LABELS, called=f"the labels that {CALLED}, was given", dtype="int32")


PYTHON = ("PyFunc", "PyFuncStateless", "EagerPyFunc")


def test_there_is_no_python_in_it():
    """No operation of the pipeline calls Python.

    The interpreter runs one thread at a time, and the thread of the training loop wants it, too.
    """
    names = {event.name.split("#")[0] for event in seen_by_the_profiler()}
    python = {name for name in names if name.split(":")[-1] in PYTHON}
    expect.same(sorted(python), [], called=f"calls of Python that the profiler sees in {CALLED}")


FUNCTIONS = ("Map", "ParallelMap", "FlatMap", "Interleave", "ParallelInterleave", "Filter", "Scan")


def one_by_one():
    """The stages that call a function for each image, and whether they do on one thread.

    A stage that is busy just then says "unavailable" for its parallelism, and a number elsewhere.
    """
    often = Counter(event.name for _, event in stages())
    return {
        kind: any(
            event.facts.get("autotune") != "true" and event.facts.get("parallelism", 1) == 1
            for same, event in stages()
            if same == kind
        )
        for kind, event in stages()
        if (kind.startswith(FUNCTIONS) and often[event.name] >= len(IMAGES))
        or kind == "MapAndBatch"
    }


def test_the_work_is_shared_out():
    """Images are prepared by whole batches, or on several threads.

    One image after the other, on one thread, is the slowest way. Each image then waits for all
    before it.
    """
    stages_of = one_by_one()
    alone = sorted(kind for kind, on_one_thread in stages_of.items() if on_one_thread)
    expect.same(
        alone,
        [],
        called=f"the stages of {CALLED} that take one image after the other, on one thread",
    )
    threads = pipeline(IMAGES.copy(), LABELS.copy()).options().threading.private_threadpool_size
    expect.that(
        not (stages_of and threads == 1),
        called=f"the threads for the functions of {CALLED}",
        expected="several, as a function is called for each image",
        seen="one",
        idea="Calls at the same time need a thread each. With one in the pool, they queue for it.",
    )


def most_in_a_call(batch_size):
    """How many operations the longest call of a function runs; the executor numbers the calls.

    On each thread, an operation belongs to the innermost event of the executor around it.
    """
    runs, around = Counter(), defaultdict(list)
    for event in sorted(seen_by_the_profiler(batch_size), key=lambda e: (e.start, -e.duration)):
        open_ones = around[event.line]
        while open_ones and open_ones[-1].end <= event.start:
            open_ones.pop()
        if event.name == "ExecutorState::Process":
            open_ones.append(event)
        elif open_ones and event.name.count(":") == 1 and " " not in event.name:
            runs[open_ones[-1].facts["id"]] += 1
    return max(runs.values(), default=0)


def test_no_loop_over_a_batch():
    """What prepares a batch runs as many operations for a large batch as for a small one.

    To start an operation costs the same for one image and for a hundred. A loop starts some for
    each image, be it tf.map_fn, tf.while_loop, or one of Python that a graph unrolls.
    """
    expect.that(
        most_in_a_call(8) <= most_in_a_call(4),
        called="the operations in one call of a function, with batches of 4 images and of 8",
        expected="as many with 8 as with 4",
        seen="more with 8 than with 4",
    )


WORK = ("TensorSlice", "FromTensor", "Batch", "PaddedBatch", "Map", "FlatMap", "Filter", "Scan")


def test_the_next_batch_is_prepared():
    """While a step runs, the pipeline prepares the next batch.

    Without that, the GPU waits while the pipeline works, and the pipeline waits while the GPU does.
    """
    (consumer,) = {e.line for e in seen_by_the_profiler() if e.name == PASS}
    works = {kind for kind, event in stages() if event.line == consumer and kind.startswith(WORK)}
    expect.same(
        sorted(works - {"MapAndBatch"}),
        [],
        called=f"the stages of {CALLED} that work only when somebody asks for a batch",
    )
