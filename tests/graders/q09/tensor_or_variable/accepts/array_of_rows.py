"""A tf.TensorArray has the rows; the other two are the ops below the methods of a variable."""

import keras
import tensorflow as tf


def replaced(tensor, index, value):
    rows = tf.TensorArray(tensor.dtype, size=tf.shape(tensor)[0]).unstack(tensor)
    rows = rows.write(tf.cast(index, tf.int32), tf.convert_to_tensor(value, tensor.dtype))
    return tf.ensure_shape(rows.stack(), tensor.shape)


def write_at(variable, index, value):
    tf.raw_ops.ResourceScatterUpdate(
        resource=variable.handle,
        indices=tf.cast(index, tf.int64),
        updates=tf.convert_to_tensor(value, variable.dtype),
    )


def snapshot(variable):
    if isinstance(variable, keras.Variable):
        variable = variable.value
    return tf.raw_ops.ReadVariableOp(resource=variable.handle, dtype=variable.dtype)
