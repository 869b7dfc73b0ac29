"""The variable is a vector with one element, and so is the count.

breaks: "a scalar int64 tensor"
fails: test_calls_are_counted_not_traces, test_the_count_is_an_int64, test_thousands_of_calls
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable([0], dtype=tf.int64, trainable=False)

    @tf.function
    def count(x):
        return calls.assign_add([1])

    return count
