"""The tensor is taken apart into a Python list of rows, which a graph that does not know the
number of rows cannot do.

fails: test_replaced_works_in_a_graph
"""

import tensorflow as tf


def replaced(tensor, index, value):
    rows = tf.unstack(tensor)
    rows[index] = value
    return tf.stack(rows)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
