"""Another variable with the same value: a copy, but storage again instead of a value.

fails: test_a_snapshot_keeps_its_value, test_a_snapshot_of_a_layers_weight
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.Variable(variable)
