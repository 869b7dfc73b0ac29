"""Hashes the first frame of a drive along with its name. An older frame that comes later moves it.

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
    first = {}
    for path in sorted(paths):
        first.setdefault(drive_of[path], PurePosixPath(path).name)
    drive_of = {path: drive + first[drive] for path, drive in drive_of.items()}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
