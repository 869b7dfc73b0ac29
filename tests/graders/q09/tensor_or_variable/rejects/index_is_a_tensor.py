"""The index is taken for a tensor, and sliced like one: a Python int has no axes.

breaks: "a Python int or a scalar int32 tensor"
fails: test_replaced_gives_a_new_tensor_with_another_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, index[tf.newaxis, tf.newaxis], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
