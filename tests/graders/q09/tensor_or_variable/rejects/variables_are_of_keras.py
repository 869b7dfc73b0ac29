"""Every variable is taken for one of Keras, where `value` is a property; of a tf.Variable it is
a method.

breaks: "a tf.Variable, or the keras.Variable of a layer"
fails: test_a_snapshot_keeps_its_value, test_a_snapshot_in_a_graph, test_an_unknown_number_of_rows, test_a_snapshot_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable.value)
