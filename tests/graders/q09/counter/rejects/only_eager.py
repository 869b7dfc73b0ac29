"""A Python number, not compiled, is right in eager mode and frozen in the graph of a caller.

breaks: "in loops too"
fails: test_it_counts_within_other_functions, test_thousands_of_calls
"""

import tensorflow as tf


def make_counter():
    calls = 0

    def count(x):
        nonlocal calls
        calls += 1
        return tf.constant(calls, tf.int64)

    return count
