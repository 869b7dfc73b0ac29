"""The name is bound to a tensor with the new row; the variable is never written.

breaks: "The new row is seen under every name"
fails: test_write_at_changes_the_variable_itself, test_write_at_writes_each_time_the_graph_runs, test_an_unknown_number_of_rows, test_an_int64_index, test_a_row_may_be_a_matrix, test_rows_of_any_dtype, test_the_old_row_does_not_matter, test_plain_numbers_become_a_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable = replaced(variable, index, value)


def snapshot(variable):
    return tf.identity(variable)
