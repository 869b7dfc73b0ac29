"""A call with an empty batch is not counted.

breaks: "`x` may be empty"
fails: test_any_argument_counts
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def count(x):
        return calls.assign_add(tf.cast(tf.size(x) > 0, tf.int64))

    return count
