"""The name is bound to a tensor with the new row; the variable is never written.

fails: test_write_at_changes_the_variable_itself, test_write_at_writes_each_time_the_graph_runs, test_rows_of_any_shape, test_plain_numbers_become_a_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable = replaced(variable, index, value)


def snapshot(variable):
    return tf.identity(variable)
