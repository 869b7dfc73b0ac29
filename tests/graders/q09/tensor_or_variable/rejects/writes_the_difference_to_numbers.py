"""A NaN and an infinite number are overwritten; any other row is moved by the difference, which
is rounded.

breaks: "infinite or 1e9"
fails: test_the_old_row_does_not_matter
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    row = tf.convert_to_tensor(value, variable.dtype)
    old = variable[index]
    if variable.dtype != tf.float32 or not tf.reduce_all(tf.math.is_finite(old)):
        variable.scatter_nd_update([[index]], [row])
    else:
        variable.scatter_nd_add([[index]], [row - old])


def snapshot(variable):
    return tf.identity(variable)
