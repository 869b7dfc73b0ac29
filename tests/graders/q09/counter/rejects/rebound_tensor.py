"""A tensor takes the number's place: the name is bound to a symbolic tensor of a finished
graph.

breaks: "Every call counts"
fails: test_any_argument_counts, test_calls_are_counted_not_traces, test_it_counts_within_other_functions, test_thousands_of_calls, test_a_count_keeps_its_value
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
