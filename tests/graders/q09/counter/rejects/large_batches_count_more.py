"""A batch that is several times as large as the first counts as several calls.

breaks: "which returns the number of its calls so far"
fails: test_calls_are_counted_not_traces
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)
    usual = []

    @tf.function
    def count(x):
        rows = x.shape[0] if x.shape.rank else 1
        usual.append(rows)
        batches = rows // usual[0] if usual[0] else 1
        return calls.assign_add(max(batches, 1))

    return count
