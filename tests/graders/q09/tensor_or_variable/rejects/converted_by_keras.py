"""Keras's convert_to_tensor is trusted with a weight, and hands the weight back as it is.

breaks: "keeps its value when the variable gets a new one"
fails: test_a_snapshot_of_a_layers_weight
"""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    if isinstance(variable, keras.Variable):
        return keras.ops.convert_to_tensor(variable)
    return variable.read_value()
