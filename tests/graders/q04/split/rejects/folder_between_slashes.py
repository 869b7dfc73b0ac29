"""Looks for the drive between two slashes. A relative path begins with the drive.

breaks: "The folder of the drive may be the first of the path"
fails: test_relative_paths_are_split_alike
"""

import hashlib
import re

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: re.search(r"/([^/]+)/[^/]+$", path)[1] for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
