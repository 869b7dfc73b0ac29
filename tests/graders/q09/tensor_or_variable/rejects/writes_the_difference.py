"""The variable is moved by a difference instead of being given the row.

fails: test_write_at_changes_the_variable_itself
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    row = tf.convert_to_tensor(value, variable.dtype)
    variable.scatter_nd_add([[index]], [row - variable[index]])


def snapshot(variable):
    return tf.identity(variable)
