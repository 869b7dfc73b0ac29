"""A weight is multiplied by 1.0 to get a tensor of it, which makes an integer a float32.

breaks: "A snapshot may be of any dtype"
fails: test_a_snapshot_of_any_dtype
"""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    if isinstance(variable, keras.Variable):
        return keras.ops.multiply(variable, 1.0)
    return tf.identity(variable)
