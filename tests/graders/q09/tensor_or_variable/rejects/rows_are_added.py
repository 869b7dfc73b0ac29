"""The new row is added to zeros, which only numbers allow.

fails: test_replaced_gives_a_new_tensor_with_another_row
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
