"""Every variable is taken for one of Keras, where `value` is a property; of a tf.Variable it is
a method.

fails: test_a_snapshot_keeps_its_value
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable.value)
