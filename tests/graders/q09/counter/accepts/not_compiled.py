"""A plain function over a variable: right in eager mode, and its ops are traced by others."""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(tf.zeros([], tf.int64), trainable=False)

    def count(x):
        calls.assign_add(tf.ones_like(calls))
        return calls.read_value()

    return count
