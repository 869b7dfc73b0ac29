"""The snapshot is made of a NumPy array, which does not exist while a graph is traced.

fails: test_a_snapshot_keeps_its_value, test_a_snapshot_of_a_layers_weight
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.constant(variable.numpy())
