"""The counter writes once in each graph, as if a graph had only one place that calls it.

breaks: "Inside another tf.function, every run of a call counts"
fails: test_it_counts_within_other_functions, test_a_count_keeps_its_value
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)
    written = {}

    def count(x):
        if tf.executing_eagerly():
            calls.assign_add(1)
            return calls.read_value()
        graph = tf.compat.v1.get_default_graph()
        if graph not in written:
            written[graph] = calls.assign_add(1)
        return written[graph]

    return count
