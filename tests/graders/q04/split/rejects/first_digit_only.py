"""Sorts the drives into ten buckets, so shares in between are rounded up.

breaks: "is close to `validation_share`"
fails: test_share_is_close
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 10 / 10


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
