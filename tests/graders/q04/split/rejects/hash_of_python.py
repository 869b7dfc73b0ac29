"""Uses Python's own `hash`, whose value for a string is another one in every process.

breaks: "The side does not depend on the process"
fails: test_another_process_splits_alike
"""

from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return hash(drive) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
