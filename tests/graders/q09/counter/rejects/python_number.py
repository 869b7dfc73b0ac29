"""A Python number in a tf.function is a constant of the graph and counts traces.

breaks: "Every call counts, whatever was traced before"
fails: test_calls_are_counted_not_traces, test_it_counts_within_other_functions, test_thousands_of_calls, test_a_count_keeps_its_value
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
