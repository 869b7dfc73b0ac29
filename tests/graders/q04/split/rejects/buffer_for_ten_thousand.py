"""Shuffles in a buffer that was large enough for the first list.

breaks: "This order is drawn from all training paths"
fails: test_training_is_in_a_new_order
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
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(10_000)
    return training, tf.data.Dataset.from_tensor_slices(validation)
