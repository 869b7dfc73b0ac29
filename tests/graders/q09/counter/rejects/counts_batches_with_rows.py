"""Only what holds something is counted.

fails: test_calls_are_counted_not_traces
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def count(x):
        return calls.assign_add(tf.cast(tf.size(x) > 0, tf.int64))

    return count
