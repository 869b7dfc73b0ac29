"""Numbers the drives as they come in the list, and hashes the number.

breaks: "on the order of the paths"
fails: test_another_machine_splits_alike
"""

import hashlib
from pathlib import PurePosixPath

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    number = {drive: str(i) for i, drive in enumerate(dict.fromkeys(drive_of.values()))}
    drive_of = {path: number[drive] for path, drive in drive_of.items()}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
