"""A variable around the function, made with the dtype that is asked for."""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64)

    def count(x):
        return calls.assign_add(1)

    return count
