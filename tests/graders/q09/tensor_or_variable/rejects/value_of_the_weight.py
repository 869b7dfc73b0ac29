"""In a graph, the `value` of a weight is taken for its value: it is the tf.Variable inside.

breaks: "the keras.Variable of a layer"
fails: test_a_snapshot_of_a_layers_weight
"""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    if tf.executing_eagerly():
        return tf.constant(variable.numpy())
    return variable.value if isinstance(variable, keras.Variable) else variable.read_value()
