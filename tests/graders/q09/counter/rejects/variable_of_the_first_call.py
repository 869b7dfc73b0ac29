"""The variable is made in the first call. If that is in a tf.function which has run before, it
refuses.

breaks: "The first call may be in a tf.function"
fails: test_a_new_counter_in_an_old_function
"""

import tensorflow as tf


def make_counter():
    calls = None

    def count(x):
        nonlocal calls
        if calls is None:
            calls = tf.Variable(0, dtype=tf.int64, trainable=False)
        return tf.identity(calls.assign_add(1))

    return count
