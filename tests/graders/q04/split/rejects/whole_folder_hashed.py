"""Hashes the whole path of the folder, so the split depends on the place where the disk is
mounted.

breaks: "on the folders above"
fails: test_another_machine_splits_alike, test_relative_paths_are_split_alike
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: str(PurePosixPath(path).parent) for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
