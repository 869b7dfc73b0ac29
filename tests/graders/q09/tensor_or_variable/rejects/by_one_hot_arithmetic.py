"""The old row is multiplied by 0 and the new one added, which leaves a NaN where it was.

fails: test_replaced_gives_a_new_tensor_with_another_row
"""

import tensorflow as tf


def replaced(tensor, index, value):
    is_row = tf.one_hot(index, tf.shape(tensor)[0], dtype=tensor.dtype)
    is_row = tf.reshape(is_row, [-1] + [1] * (tensor.shape.rank - 1))
    return tensor * (1 - is_row) + tf.convert_to_tensor(value, tensor.dtype) * is_row


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
