"""Hashes the last folder of the path, and lets a random op shuffle the training side."""

import re
import zlib

import tensorflow as tf


def is_held_out(path, share):
    drive = re.search(r"/([^/]+)/[^/]+$", path)[1]
    return zlib.crc32(drive.encode()) % 1000 < share * 1000


def split(paths, validation_share):
    validation = [path for path in paths if is_held_out(path, validation_share)]
    training = [path for path in paths if not is_held_out(path, validation_share)]
    training = tf.data.Dataset.from_tensors(training).flat_map(
        lambda side: tf.data.Dataset.from_tensor_slices(tf.random.shuffle(side))
    )
    return training, tf.data.Dataset.from_tensor_slices(validation)
