"""The mask is shaped for vectors and matrices; with one more dimension it chooses along the
second.

breaks: "A row may be a matrix"
fails: test_a_row_may_be_a_matrix
"""

import tensorflow as tf


def replaced(tensor, index, value):
    is_row = tf.range(tf.shape(tensor, tf.int64)[0]) == tf.cast(index, tf.int64)
    if tensor.shape.rank > 1:
        is_row = is_row[:, tf.newaxis]
    return tf.where(is_row, tf.convert_to_tensor(value, tensor.dtype), tensor)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
