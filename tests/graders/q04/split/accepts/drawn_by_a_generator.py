"""Draws a number from a generator that is seeded with the name of the drive."""

import random

import numpy as np
import tensorflow as tf


def side(paths):
    return tf.data.Dataset.from_tensor_slices(np.array(paths, dtype=object).astype(bytes))


def split(paths, validation_share):
    drives = {path.rsplit("/", 2)[-2] for path in paths}
    chosen = {drive for drive in drives if random.Random(drive).random() <= validation_share}
    validation = [path for path in sorted(paths) if path.rsplit("/", 2)[-2] in chosen]
    training = sorted(set(paths) - set(validation))
    return side(training).shuffle(len(paths), reshuffle_each_iteration=True), side(validation)
