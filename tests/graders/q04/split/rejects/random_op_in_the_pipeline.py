"""Shuffles with a random op in the pipeline. With a global seed it draws the same numbers in every
pass.

breaks: "also when a global seed is set"
fails: test_training_is_in_a_new_order_with_a_global_seed
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensors(training).flat_map(
        lambda side: tf.data.Dataset.from_tensor_slices(tf.random.shuffle(side))
    )
    return training, tf.data.Dataset.from_tensor_slices(validation)
