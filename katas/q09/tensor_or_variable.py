"""Three small functions show what a tensor can do, and what only a variable can.

A row is `x[i]`: of a vector a number, of a matrix a vector.

- All three work in eager mode and inside a tf.function.

Beyond the idea:
    - The number of rows may be unknown while a tf.function is traced.
    - `index` may be an int64 tensor.
    - A row may be a matrix.
    - Rows may be of any dtype: booleans, strings and bfloat16, too.
    - The old row has no influence on the new one, be it NaN, infinite or 1e9.
    - A NaN in the new row stays in that row.
    - `value` may be a Python number or a list of numbers.
    - Such numbers keep all digits that the rows' dtype has.
    - A snapshot may be of any dtype, and keeps all digits.
"""

import keras
import tensorflow as tf

Row = tf.Tensor | float | list[float]


def replaced(tensor: tf.Tensor, index: int | tf.Tensor, value: Row) -> tf.Tensor:
    """Compute a tensor that equals `tensor` in all rows but one.

    >>> old = tf.constant([1.0, 2.0, 3.0])
    >>> replaced(old, 1, 9.0).numpy().tolist()
    [1.0, 9.0, 3.0]
    >>> old.numpy().tolist()
    [1.0, 2.0, 3.0]

    Args:
        tensor: of rank 1 or more.
        index: the row, counted from 0; a Python int or a scalar int32 tensor.
        value: the new row, a tensor of its shape and dtype.

    Returns:
        A tf.Tensor of the same shape and dtype.
    """
    raise NotImplementedError


def write_at(variable: tf.Variable, index: int | tf.Tensor, value: Row) -> None:
    """Write one row of `variable` in place.

    >>> variable = tf.Variable([1.0, 2.0, 3.0])
    >>> write_at(variable, 1, 9.0)
    >>> variable.numpy().tolist()
    [1.0, 9.0, 3.0]

    - The new row is seen under every name that the variable has.
    - Inside a tf.function, each run writes to the row that it is given.

    Args:
        variable: of rank 1 or more.
        index: as in `replaced`.
        value: as in `replaced`.
    """
    raise NotImplementedError


def snapshot(variable: tf.Variable | keras.Variable) -> tf.Tensor:
    """Read the value of `variable` at this moment.

    >>> variable = tf.Variable([1.0, 2.0])
    >>> before = snapshot(variable)
    >>> variable.assign([7.0, 7.0])
    <tf.Variable ...>
    >>> before.numpy().tolist()
    [1.0, 2.0]

    - Inside a tf.function, each run reads the value that is there when it comes to this line.

    Args:
        variable: a tf.Variable, or the keras.Variable of a layer.

    Returns:
        A tf.Tensor, which keeps its value when the variable gets a new one.
    """
    raise NotImplementedError
