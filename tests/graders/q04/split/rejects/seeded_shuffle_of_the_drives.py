"""Shuffles the sorted names of the drives with a fixed seed and cuts, which is repeatable as long
as no drive is added.

breaks: "New drives and new frames move no old frame"
fails: test_new_drives_move_nobody
"""

import random
from pathlib import PurePosixPath

import tensorflow as tf


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    drives = sorted(set(drive_of.values()))
    random.Random(42).shuffle(drives)
    chosen = set(drives[: round(validation_share * len(drives))])
    validation = [path for path in paths if drive_of[path] in chosen]
    training = [path for path in paths if drive_of[path] not in chosen]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
