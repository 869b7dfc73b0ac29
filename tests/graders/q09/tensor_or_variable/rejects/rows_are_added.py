"""The new row is added to zeros, which only numbers allow.

breaks: "Rows may be of any dtype"
fails: test_rows_of_any_dtype
"""

import keras
import tensorflow as tf


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    empty = tf.tensor_scatter_nd_update(tensor, [[index]], [tf.zeros_like(tensor[index])])
    return empty + tf.scatter_nd(
        [[index]], [tf.convert_to_tensor(value, tensor.dtype)], tf.shape(tensor)
    )


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: tf.Tensor) -> None:
    variable[index].assign(value)


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    return tf.identity(variable)
