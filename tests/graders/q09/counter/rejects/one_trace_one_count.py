"""The 1 that is added is counted in Python, which runs for each new trace again.

breaks: "Every call counts, whatever was traced before"
fails: test_any_argument_counts, test_calls_are_counted_not_traces
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)
    rows = []

    @tf.function
    def count(x):
        rows.append(x.shape)
        return calls.assign_add(len(rows))

    return count
