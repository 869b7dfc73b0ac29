"""A signature against retracing takes vectors of float32 only; the count never needed its
shape.

breaks: "of any shape and dtype"
fails: test_any_argument_counts
"""

import tensorflow as tf


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def count(x):
        return calls.assign_add(1)

    return count
