"""In eager mode the count is read at once. In a graph, what `assign_add` returns is handed out, and
shows the last count of the run.

breaks: "A count that was returned keeps its value"
fails: test_a_count_keeps_its_value
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    def count(x):
        new = calls.assign_add(1)
        return tf.identity(new) if tf.executing_eagerly() else new

    return count
