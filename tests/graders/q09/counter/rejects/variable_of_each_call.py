"""The variable is made where it is used: in every call, which a tf.function refuses.

breaks: "Every call counts"
fails: all
"""

import tensorflow as tf


def make_counter():
    @tf.function
    def count(x):
        calls = tf.Variable(0, dtype=tf.int64)
        return calls.assign_add(1)

    return count
