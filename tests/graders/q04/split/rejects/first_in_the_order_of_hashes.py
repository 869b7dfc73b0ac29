"""Sorts the drives by their hash and takes the first. The share is exact, but new drives move the
cut.

breaks: "New drives and new frames move no old frame"
fails: test_new_drives_move_nobody
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    drives = sorted(set(drive_of.values()), key=place)
    chosen = set(drives[: round(validation_share * len(drives))])
    validation = [path for path in paths if drive_of[path] in chosen]
    training = [path for path in paths if drive_of[path] not in chosen]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
