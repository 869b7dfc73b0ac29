"""Shuffles the drives, and gives the frames of each one after the other.

breaks: "This order is drawn from all training paths"
fails: test_training_is_in_a_new_order
"""

import hashlib
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
    by_drive = {}
    for path in training:
        by_drive.setdefault(PurePosixPath(path).parent.name, []).append(path)
    frames = tf.ragged.constant(list(by_drive.values()), dtype=tf.string)
    drives = tf.data.Dataset.range(len(by_drive)).shuffle(len(by_drive))
    return (
        drives.flat_map(lambda drive: tf.data.Dataset.from_tensor_slices(frames[drive])),
        tf.data.Dataset.from_tensor_slices(tf.constant(validation, tf.string)),
    )
