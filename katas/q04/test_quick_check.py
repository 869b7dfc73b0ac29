"""TensorFlow itself is the oracle here; a failure does not tell what it says."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q04.quick_check import (
    LARGEST_FIRST,
    LOADS,
    MISSING_STAGE,
    SAME_NUMBERS,
    SECOND_PROGRAM,
    SHARE_RIGHT,
    VALIDATION_LABELS,
)
from lab import pipelines

Dataset = tf.data.Dataset


def cats_and_dogs(folder):
    """Three images of each."""
    for name in ("cat", "dog"):
        (folder / name).mkdir()
        for i in range(3):
            image = tf.io.encode_png(np.full((2, 2, 3), i, np.uint8))
            tf.io.write_file(str(folder / name / f"{i}.png"), image)
    return str(folder)


def test_missing_stage(tmp_path):
    """The stages of the dataset that the utility gives.

    The utility is no alternative to tf.data: what it gives is a tf.data pipeline.
    """
    images = cats_and_dogs(tmp_path)
    dataset = keras.utils.image_dataset_from_directory(images, batch_size=4, verbose=False)
    present = {stage.kind for stage in pipelines.stages(dataset)}
    names = {
        "parallel map": "ParallelMap",
        "shuffle": "Shuffle",
        "cache": "Cache",
        "batch": "Batch",
        "prefetch": "Prefetch",
    }
    (missing,) = (name for name, kind in names.items() if kind not in present)
    expect.prediction(
        MISSING_STAGE,
        missing,
        called="MISSING_STAGE",
        among=("parallel map", "shuffle", "cache", "batch", "prefetch"),
    )


def test_same_numbers():
    """Random numbers that were drawn before a cache.

    Ask yourself what a cache keeps: how an element is made, or the element.
    """
    dataset = Dataset.range(3).map(lambda _: tf.random.uniform(())).cache()
    first, second = ([float(x) for x in dataset] for _ in range(2))
    expect.prediction(SAME_NUMBERS, first == second, called="SAME_NUMBERS")


def test_loads():
    """A pass that ends early, then two whole passes.

    Ask yourself when a cache counts as full.
    """
    runs = []

    def load(x):
        runs.append(x)
        return x

    dataset = Dataset.range(6).map(lambda x: tf.numpy_function(load, [x], tf.int64)).cache()
    list(dataset.take(2))
    list(dataset)
    list(dataset)
    expect.prediction(LOADS, len(runs), called="LOADS")


def test_largest_first():
    """The first element out of a small shuffle buffer.

    Ask yourself what lies in the buffer when the first element is drawn.
    """
    firsts = Dataset.range(10).shuffle(3).take(1).repeat(200)
    expect.prediction(LARGEST_FIRST, int(max(firsts.as_numpy_iterator())), called="LARGEST_FIRST")


def test_second_program(tmp_path):
    """Two pipelines with one cache file.

    Ask yourself by what a cache file knows which dataset it belongs to.
    """
    file = str(tmp_path / "numbers")
    list(Dataset.range(3).cache(file))
    second = [int(x) for x in Dataset.range(10, 13).cache(file)]
    expect.prediction(SECOND_PROGRAM, second, called="SECOND_PROGRAM")


def test_validation_labels(tmp_path):
    """The validation side of the utility when it does not shuffle.

    Ask yourself in which order the files are listed, and which part of the list is held out.
    """
    dataset = keras.utils.image_dataset_from_directory(
        cats_and_dogs(tmp_path),
        validation_split=1 / 3,
        subset="validation",
        shuffle=False,
        verbose=False,
    )
    labels = [int(label) for _, batch in dataset for label in batch]
    expect.prediction(VALIDATION_LABELS, labels, called="VALIDATION_LABELS")


def test_share_right():
    """The right answers and the predictions of two passes.

    Ask yourself in which order the second pass comes.
    """
    labels = tf.constant([0, 1] * 500)
    dataset = Dataset.from_tensor_slices(labels).shuffle(1000).batch(100)
    right_answers, predictions = (np.concatenate([b.numpy() for b in dataset]) for _ in range(2))
    share = np.mean(right_answers == predictions)
    nearest = min((1.0, 0.5, 0.0), key=lambda choice: abs(choice - share))
    expect.prediction(SHARE_RIGHT, nearest, called="SHARE_RIGHT")
