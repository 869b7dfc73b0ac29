"""The count is read before the call is added.

breaks: "the number of its calls so far"
fails: test_calls_are_counted_not_traces, test_the_count_is_an_int64, test_thousands_of_calls
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def count(x):
        before = calls.read_value()
        calls.assign_add(1)
        return before

    return count
