"""The rows are counted by the static shape, which is None for a batch of any size.

breaks: "The number of rows may be unknown"
fails: test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    is_row = tf.range(tensor.shape[0], dtype=tf.int64) == tf.cast(index, tf.int64)
    is_row = tf.reshape(is_row, [-1] + [1] * (tensor.shape.rank - 1))
    return tf.where(is_row, tf.convert_to_tensor(value, tensor.dtype), tensor)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
