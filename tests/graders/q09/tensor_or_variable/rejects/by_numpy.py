"""Values are taken out as NumPy arrays and put back, which works in eager mode and never in a
graph.

breaks: "inside a tf.function"
fails: test_a_snapshot_in_a_graph, test_a_snapshot_of_a_layers_weight, test_an_unknown_number_of_rows, test_replaced_works_in_a_graph, test_rows_of_any_dtype, test_write_at_changes_the_variable_itself, test_write_at_writes_each_time_the_graph_runs
"""

import tensorflow as tf


def replaced(tensor, index, value):
    array = tensor.numpy()
    array[index] = value
    return tf.constant(array)


def write_at(variable, index, value):
    array = variable.numpy()
    array[index] = value
    variable.assign(array)


def snapshot(variable):
    return tf.constant(variable.numpy())
