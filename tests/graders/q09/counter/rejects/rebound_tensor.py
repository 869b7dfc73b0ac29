"""A tensor instead of a number: the name is bound to a symbolic tensor of a finished graph.

fails: test_calls_are_counted_not_traces, test_it_counts_within_other_functions, test_the_count_is_an_int64
"""

import tensorflow as tf


def make_counter():
    calls = tf.constant(0, tf.int64)

    @tf.function
    def count(x):
        nonlocal calls
        calls = calls + 1
        return calls

    return count
