"""The count is kept in float16, which has no 2049, and cast when it is returned.

breaks: "exact after thousands of calls"
fails: test_thousands_of_calls
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0.0, dtype=tf.float16, trainable=False)

    @tf.function
    def count(x):
        return tf.cast(calls.assign_add(1.0), tf.int64)

    return count
