"""Takes off the folder that all paths share, and hashes the rest. Two disks leave more than the drive.

breaks: "on the folders above"
fails: test_another_machine_splits_alike
"""

import hashlib
import os

import tensorflow as tf


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    folder_of = {path: os.path.dirname(path) for path in paths}
    root = os.path.commonpath(folder_of.values())
    drive_of = {path: os.path.relpath(folder, root) for path, folder in folder_of.items()}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training))
    return training, tf.data.Dataset.from_tensor_slices(validation)
