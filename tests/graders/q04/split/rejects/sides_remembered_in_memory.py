"""Draws the side of a drive once, and remembers it in a dict, which ends with the process.

breaks: "The side does not depend on the process"
fails: test_another_process_splits_alike
"""

import random
from pathlib import PurePosixPath

import tensorflow as tf

PLACES = {}


def place(drive):
    return PLACES.setdefault(drive, random.random())


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
