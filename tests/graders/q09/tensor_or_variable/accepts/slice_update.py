"""A functional slice update, a sparse update of the variable, and the tf.Variable's own read."""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    start = tf.cast(index, tf.int64)
    row = tf.convert_to_tensor(value, tensor.dtype)
    return tf.raw_ops.TensorStridedSliceUpdate(
        input=tensor,
        begin=[start],
        end=[start + 1],
        strides=tf.constant([1], tf.int64),
        value=row[tf.newaxis],
    )


def write_at(variable, index, value):
    row = tf.convert_to_tensor(value, variable.dtype)
    variable.scatter_update(tf.IndexedSlices(row, tf.cast(index, tf.int64)))


def snapshot(variable):
    if isinstance(variable, keras.Variable):
        variable = variable.value
    return variable.read_value()
