"""The dtype is left to tf.Variable, which makes an int32 of a Python integer.

breaks: "a scalar int64 tensor"
fails: test_the_count_is_an_int64
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, trainable=False)

    @tf.function
    def count(x):
        return calls.assign_add(1)

    return count
