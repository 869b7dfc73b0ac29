"""The variable is moved by a difference instead of being given the row: of a NaN, NaN is left.

breaks: "be it NaN, infinite or 1e9"
fails: test_the_old_row_does_not_matter, test_rows_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    row = tf.convert_to_tensor(value, variable.dtype)
    if variable.dtype == tf.bool:
        variable.scatter_nd_update([[index]], [row])
    else:
        variable.scatter_nd_add([[index]], [row - variable[index]])


def snapshot(variable):
    return tf.identity(variable)
