"""A Python number in a tf.function: it is a constant of the graph and counts traces.

fails: test_calls_are_counted_not_traces, test_it_counts_within_other_functions, test_the_count_is_an_int64
"""

import tensorflow as tf


def make_counter():
    calls = 0

    @tf.function
    def count(x):
        nonlocal calls
        calls += 1
        return tf.constant(calls, tf.int64)

    return count
