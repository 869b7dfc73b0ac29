"""A copy is made by a choice between the value and zeros, which strings do not have.

breaks: "A snapshot may be of any dtype"
fails: test_a_snapshot_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    value = tf.convert_to_tensor(variable)
    return tf.where(tf.ones_like(value, tf.bool), value, tf.cast(0, value.dtype))
