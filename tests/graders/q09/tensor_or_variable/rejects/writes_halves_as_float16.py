"""Half precision is taken for float16, whose numbers end at 65504.

breaks: "bfloat16, too"
fails: test_rows_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    if variable.dtype == tf.bfloat16:
        half = tf.tensor_scatter_nd_update(
            tf.cast(variable, tf.float16), [[index]], [tf.cast(value, tf.float16)]
        )
        variable.assign(tf.cast(half, tf.bfloat16))
    else:
        variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
