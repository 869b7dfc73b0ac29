"""An ellipsis before the index: `variable[..., index]` is a column of a matrix, not a row.

fails: test_write_at_changes_the_variable_itself, test_rows_of_any_shape
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[..., index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
