"""An ellipsis stands before the index: `variable[..., index]` is a column of a matrix, not a
row.

breaks: "of rank 1 or more"
fails: test_write_at_changes_the_variable_itself, test_a_row_may_be_a_matrix, test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[..., index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
