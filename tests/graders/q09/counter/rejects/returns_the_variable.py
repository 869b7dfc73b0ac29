"""Outside of a tf.function, `assign_add` returns the variable, and so does this counter: every
count that was ever handed out shows the latest one.

breaks: "A count that was returned keeps its value"
fails: test_a_count_keeps_its_value
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    def count(x):
        return calls.assign_add(1)

    return count
