"""Takes a checksum, and reads both sides from one list with flags."""

import os
import zlib

import tensorflow as tf


def split(paths, validation_share):
    flags = [
        zlib.crc32(os.path.basename(os.path.dirname(path)).encode()) < validation_share * 2**32
        for path in paths
    ]
    ds = tf.data.Dataset.from_tensor_slices((paths, flags))
    validation = ds.filter(lambda path, held_out: held_out).map(lambda path, _: path).cache()
    training = ds.shuffle(len(paths)).filter(lambda path, held_out: not held_out)
    return training.map(lambda path, _: path), validation
