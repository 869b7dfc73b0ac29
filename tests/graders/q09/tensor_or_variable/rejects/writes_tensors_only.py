"""The row is taken for a tensor; of a plain number TensorFlow makes one of its default dtype.

breaks: "`value` may be a Python number"
fails: test_plain_numbers_become_a_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable.scatter_nd_update([[index]], tf.expand_dims(value, 0))


def snapshot(variable):
    return tf.identity(variable)
