"""The copy is made by way of float64, which does not have every int64.

breaks: "and keeps all digits"
fails: test_a_snapshot_of_any_dtype
"""

import keras
import tensorflow as tf


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: tf.Tensor) -> None:
    variable[index].assign(value)


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    return tf.cast(tf.cast(variable, tf.float64), variable.dtype)
