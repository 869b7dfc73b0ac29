import keras
import tensorflow as tf


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: tf.Tensor) -> None:
    variable[index].assign(value)


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    return tf.identity(variable)
