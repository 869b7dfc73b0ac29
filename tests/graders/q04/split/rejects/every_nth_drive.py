"""Holds out every n-th bucket, which gives no other shares than a half, a third, a quarter.

breaks: "the part of them that is for validation is close to `validation_share`"
fails: test_share_is_close
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def held_out(drive, share):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % round(1 / share) == 0


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if held_out(drive_of[path], validation_share)]
    training = sorted(set(paths) - set(validation))
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
