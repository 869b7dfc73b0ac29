"""A sum with 0 is taken for a copy, which only numbers allow.

breaks: "A snapshot may be of any dtype"
fails: test_a_snapshot_of_any_dtype
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.add(variable, 0)
