"""Draws a number for every drive, from the generator of the process.

breaks: "The side does not depend on the process"
fails: test_another_machine_splits_alike, test_another_process_splits_alike, test_new_drives_move_nobody, test_relative_paths_are_split_alike
"""

import random
from pathlib import PurePosixPath

import tensorflow as tf


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    drawn = {drive: random.random() for drive in sorted(set(drive_of.values()))}
    validation = [path for path in paths if drawn[drive_of[path]] < validation_share]
    training = [path for path in paths if drawn[drive_of[path]] >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
