"""Values are taken out as NumPy arrays and put back: right in eager mode, impossible in a graph.

fails: test_replaced_works_in_a_graph, test_write_at_writes_each_time_the_graph_runs, test_a_snapshot_keeps_its_value, test_a_snapshot_of_a_layers_weight
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
