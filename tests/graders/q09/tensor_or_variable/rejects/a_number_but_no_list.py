"""A number is made a tensor of the right dtype, and a list is left to TensorFlow's default.

breaks: "a Python number or a list of numbers"
fails: test_plain_numbers_become_a_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    if isinstance(value, (int, float)):
        value = tf.constant(value, variable.dtype)
    variable.scatter_nd_update([[index]], tf.expand_dims(value, 0))


def snapshot(variable):
    return tf.identity(variable)
