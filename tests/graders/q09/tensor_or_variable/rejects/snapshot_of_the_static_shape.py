"""A copy is made by broadcasting to the static shape, which may have a None.

breaks: "The number of rows may be unknown"
fails: test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.broadcast_to(variable, variable.shape)
