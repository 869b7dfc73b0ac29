"""Hands back validation first.

breaks: "`(training, validation)`"
fails: test_share_is_close, test_training_is_in_a_new_order, test_training_is_in_a_new_order_with_a_global_seed, test_validation_is_in_one_order
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
    return tf.data.Dataset.from_tensor_slices(validation), training
