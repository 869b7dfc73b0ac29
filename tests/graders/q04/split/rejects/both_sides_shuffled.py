"""Shuffles both sides, so validation comes in a new order too.

breaks: "Validation comes in the same order in every epoch"
fails: test_validation_is_in_one_order
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
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation).shuffle(len(validation))
