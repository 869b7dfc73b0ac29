"""Eager calls have a Python number and graphs a variable: each misses what the other counts.

breaks: "Inside another tf.function, every run of a call counts"
fails: test_it_counts_within_other_functions
"""

import tensorflow as tf


def make_counter():
    in_graphs = tf.Variable(0, dtype=tf.int64, trainable=False)
    in_python = 0

    def count(x):
        nonlocal in_python
        if tf.executing_eagerly():
            in_python += 1
            return in_graphs + in_python
        return in_graphs.assign_add(1) + in_python

    return count
