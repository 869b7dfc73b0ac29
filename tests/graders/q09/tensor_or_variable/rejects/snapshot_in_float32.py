"""Floating-point numbers are float32, TensorFlow's default dtype, and so is a snapshot of them.

breaks: "A snapshot may be of any dtype"
fails: test_a_snapshot_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    value = tf.identity(variable)
    return tf.cast(value, tf.float32) if value.dtype.is_floating else value
