import functools
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q12.fix_pipeline import input_pipeline
from lab.xplane import read

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (22, 6, 5, 3)).astype("uint8")
LABELS = RNG.integers(0, 2, 22).astype("int32")
BATCHES = 6  # of 4, and one of 2
CALLED = "input_pipeline(images, labels, 4), with 22 images"


def pipeline(batch_size=4):
    with expect.works(f"input_pipeline(images, labels, {batch_size}), with 22 images"):
        return input_pipeline(IMAGES, LABELS, batch_size)


@functools.cache
def seen_by_the_profiler():
    """The names of all events while the pipeline runs once, without what tf.data makes of it.

    By itself tf.data fuses, runs in parallel and prefetches some of what it is given.
    """
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    dataset = pipeline().with_options(options)
    with tempfile.TemporaryDirectory() as logdir:
        with tf.profiler.experimental.Profile(logdir), expect.works(f"a pass over {CALLED}"):
            for _ in dataset:
                pass
        (file,) = Path(logdir).glob("plugins/profile/*/*.xplane.pb")
        return [event.name.split("#")[0] for event in read(file)]


def test_the_examples_stay_the_same():
    """The batches are the same as before: images, labels, order, and the last batch.

    A pipeline that is fast and gives something else is not faster.
    """
    right = IMAGES.astype("float32") / 255.0
    right[LABELS == 1] = right[LABELS == 1, :, ::-1]
    for size in 4, 1:
        dataset = pipeline(size)
        for number in "first", "second":
            with expect.works(f"the {number} pass over it"):
                batches = list(dataset)
            sizes = [len(labels) for _, labels in batches]
            called = f"the {number} pass over input_pipeline(images, labels, {size})"
            want = [size] * (22 // size) + [22 % size] * (22 % size > 0)
            expect.same(sizes, want, called=f"the sizes of batches in {called}")
            images = np.concatenate([images for images, _ in batches])
            labels = np.concatenate([labels for _, labels in batches])
            expect.value(images, right, dtype="float32", called=f"all images of {called}")
            expect.value(labels, LABELS, dtype="int32", called=f"all labels of {called}")


PYTHON = ("PyFunc", "PyFuncStateless", "EagerPyFunc")


def test_there_is_no_python_in_it():
    """No operation of the pipeline calls Python.

    The interpreter runs one thread at a time, and the thread of the training loop wants it, too.
    """
    names = set(seen_by_the_profiler())
    python = {name for name in names if name.split(":")[-1] in PYTHON}
    python |= {name for name in names if "Generator" in name}
    expect.same(sorted(python), [], called=f"calls of Python that the profiler sees in {CALLED}")


def test_the_work_is_shared_out():
    """The map runs on whole batches, or on several threads.

    One image after the other, on one thread, is the slowest way. A call costs the same, be it for
    one image or for a hundred.
    """
    names = seen_by_the_profiler()
    maps = [name for name in names if name.split("::")[-1] in ("Map", "MapAndBatch")]
    parallel = any("Parallel" in name.split("::")[-1] for name in names)
    expect.that(
        parallel or len(maps) <= BATCHES + 1,
        called=f"what the profiler sees of {CALLED}, in {BATCHES} batches",
        expected=f"something in parallel, or at most {BATCHES + 1} calls of a map",
        seen=f"{len(maps)} calls of a map, one after the other",
    )


def test_the_next_batch_is_prepared():
    """While a step runs, the pipeline prepares the next batch.

    Without that, the GPU waits while the pipeline works, and the pipeline waits while the GPU does.
    """
    last = {name.split("::")[2] for name in seen_by_the_profiler() if "Iterator::Root::" in name}
    ahead = ("Prefetch", "Parallel", "MapAndBatch")  # all of them have threads of their own
    expect.that(
        any(stage.startswith(ahead) for stage in last),
        called=f"the last stage of {CALLED}",
        expected="one that reads ahead",
        seen=", ".join(sorted(last)) or "nothing",
    )
