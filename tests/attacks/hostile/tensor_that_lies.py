"""Returns tensors whose method numpy() has been replaced."""

import tensorflow as tf


def make_counter():
    count = [0]

    def call(x):
        count[0] += 1
        one, seen = tf.constant(0, tf.int64), count[0]
        one.numpy = lambda: seen
        one._numpy = lambda: seen
        return one

    return call
