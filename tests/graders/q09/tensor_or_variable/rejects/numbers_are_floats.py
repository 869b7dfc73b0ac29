"""Plain numbers are taken for floats first.

breaks: "Such numbers keep all digits that the rows' dtype has"
fails: test_plain_numbers_become_a_row
"""

import keras
import tensorflow as tf


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    if not tf.is_tensor(value):
        value = tf.cast(tf.constant(value, tf.float64), tensor.dtype)
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: tf.Tensor) -> None:
    variable[index].assign(value)


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    return tf.identity(variable)
