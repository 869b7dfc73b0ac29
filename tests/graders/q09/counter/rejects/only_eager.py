"""A Python number, not compiled: right in eager mode, frozen in the graph of a caller.

fails: test_it_counts_within_other_functions
"""

import tensorflow as tf


def make_counter():
    calls = 0

    def count(x):
        nonlocal calls
        calls += 1
        return tf.constant(calls, tf.int64)

    return count
