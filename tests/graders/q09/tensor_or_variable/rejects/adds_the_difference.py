"""The difference to the old row is added: NaN stays NaN, and of a large number too little
is taken away.

fails: test_replaced_gives_a_new_tensor_with_another_row, test_write_at_changes_the_variable_itself
"""

import tensorflow as tf


def replaced(tensor, index, value):
    row = tf.convert_to_tensor(value, tensor.dtype)
    return tf.tensor_scatter_nd_add(tensor, [[index]], [row - tensor[index]])


def write_at(variable, index, value):
    row = tf.convert_to_tensor(value, variable.dtype)
    variable.scatter_nd_add([[index]], [row - variable[index]])


def snapshot(variable):
    return tf.identity(variable)
