"""Outside of a graph a variable is taken for its value, and handed on: a second name for it.

breaks: "which keeps its value when the variable gets a new one"
fails: test_a_snapshot_keeps_its_value
"""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    if isinstance(variable, keras.Variable) or not tf.executing_eagerly():
        return tf.identity(variable)
    return variable
