"""A variable's rows are counted by its static shape, which may have a None.

breaks: "The number of rows may be unknown"
fails: test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    numbers = tf.range(variable.shape[0])
    is_row = tf.equal(numbers, tf.cast(index, numbers.dtype))
    is_row = tf.reshape(is_row, [-1] + [1] * (variable.shape.rank - 1))
    variable.assign(tf.where(is_row, tf.convert_to_tensor(value, variable.dtype), variable))


def snapshot(variable):
    return tf.identity(variable)
