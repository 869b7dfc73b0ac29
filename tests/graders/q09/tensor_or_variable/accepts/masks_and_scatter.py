"""A mask chooses the row; the variable is written by a scatter; the snapshot is a sum."""

import tensorflow as tf


def replaced(tensor, index, value):
    is_row = tf.range(tf.shape(tensor)[0]) == index
    is_row = tf.reshape(is_row, [-1] + [1] * (tensor.shape.rank - 1))
    return tf.where(is_row, tf.cast(value, tensor.dtype), tensor)


def write_at(variable, index, value):
    variable.scatter_nd_update([[index]], [value])


def snapshot(variable):
    return variable + tf.zeros_like(variable)
