"""Does not shuffle the training side.

breaks: "Training comes in a new order in every epoch."
fails: test_training_is_in_a_new_order, test_training_is_in_a_new_order_with_a_global_seed
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
    training = tf.data.Dataset.from_tensor_slices(training)
    return training, tf.data.Dataset.from_tensor_slices(validation)
