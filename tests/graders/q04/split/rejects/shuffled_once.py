"""Shuffles the paths once, when the dataset is built, and leaves the rest to a small buffer.

breaks: "This order is drawn from all training paths"
fails: test_training_is_in_a_new_order
"""

import hashlib
import random
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive: str) -> float:
    """A number from 0 to 1 that belongs to this drive for ever."""
    digest = hashlib.sha256(drive.encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def split(paths: list[str], validation_share: float) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Two datasets of paths: training and validation."""
    training: list[str] = []
    validation: list[str] = []
    for path in paths:
        held_out = place(PurePosixPath(path).parent.name) < validation_share
        (validation if held_out else training).append(path)
    # The sides are fixed before anything is shuffled.
    random.Random(7).shuffle(training)
    buffer = 100
    return (
        tf.data.Dataset.from_tensor_slices(tf.constant(training, tf.string)).shuffle(buffer),
        tf.data.Dataset.from_tensor_slices(tf.constant(validation, tf.string)),
    )
