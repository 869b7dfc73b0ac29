"""Another variable with the same value is a copy, but storage again instead of a value.

breaks: "A tf.Tensor, which keeps its value"
fails: test_a_snapshot_keeps_its_value, test_a_snapshot_in_a_graph, test_a_snapshot_of_a_layers_weight, test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.Variable(variable)
