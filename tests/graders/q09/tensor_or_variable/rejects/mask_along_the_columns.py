"""A mask with one entry per row is broadcast along the last axis: it chooses a column.

fails: test_replaced_gives_a_new_tensor_with_another_row, test_rows_of_any_shape
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.where(tf.range(tf.shape(tensor)[0]) == index, value, tensor)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
