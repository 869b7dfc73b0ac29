"""The old row is multiplied by 0 and the new one added, which leaves a NaN where it was.

breaks: "The old row has no influence on the new one"
fails: test_the_old_row_does_not_matter, test_rows_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    numbers = tf.cast(tensor, tf.int32) if tensor.dtype == tf.bool else tensor
    row = tf.cast(tf.convert_to_tensor(value, tensor.dtype), numbers.dtype)
    is_row = tf.one_hot(index, tf.shape(tensor)[0], dtype=numbers.dtype)
    is_row = tf.reshape(is_row, [-1] + [1] * (tensor.shape.rank - 1))
    return tf.cast(numbers * (1 - is_row) + row * is_row, tensor.dtype)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
