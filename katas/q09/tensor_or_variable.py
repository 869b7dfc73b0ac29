"""Three small functions that show what a tensor can do, and what only a variable can.

Every function works in eager mode and inside a tf.function. There, the number of rows and the
index may not be known before the function runs.
"""

import keras
import tensorflow as tf


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    """A copy of `tensor` with one row replaced.

    Args:
        tensor: at least one dimension, any dtype; its first dimension counts the rows.
        index: the row, from 0; a Python int or a scalar int32 or int64 tensor.
        value: the new row, with the shape of one row: a tensor of the same dtype, or plain
            numbers, which become that dtype without a detour. A row of a vector is a single
            number.

    Returns:
        A new tensor of the same shape and dtype; `tensor` stays as it is. What the old row held,
        such as NaN, has no influence on the new one.
    """
    raise NotImplementedError


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: tf.Tensor) -> None:
    """Replace one row of `variable` in place: everyone who holds the variable sees the new row.

    Inside a tf.function, the row is written each time the function runs.

    Args:
        variable: at least one dimension, any dtype; its first dimension counts the rows.
        index: the row, from 0; a Python int or a scalar int32 or int64 tensor.
        value: the new row, as in `replaced`.
    """
    raise NotImplementedError


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    """The value of `variable` at this moment, as a tensor.

    Args:
        variable: a tf.Variable, or a keras.Variable such as the weights of a layer.

    Returns:
        A tf.Tensor of the same shape and dtype, which keeps its value when the variable is
        assigned a new one. Inside a tf.function: the value that the variable has at this point
        of the program, in each run of the graph.
    """
    raise NotImplementedError
