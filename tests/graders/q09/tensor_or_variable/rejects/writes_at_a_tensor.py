"""The index of a write is taken for a tensor, and sliced like one: a Python int has no axes.

breaks: "as in `replaced`"
fails: test_write_at_changes_the_variable_itself
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable.scatter_nd_update(index[tf.newaxis, tf.newaxis], [value])


def snapshot(variable):
    return tf.identity(variable)
