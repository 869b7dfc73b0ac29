"""A layer's weight is taken for a tf.Variable, the only class that has `read_value`.

breaks: "the keras.Variable of a layer"
fails: test_a_snapshot_of_a_layers_weight, test_a_snapshot_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return variable.read_value()
