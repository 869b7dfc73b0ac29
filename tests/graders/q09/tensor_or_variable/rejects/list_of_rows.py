"""The tensor is taken apart into a Python list of rows, whose index must be known while
tracing.

breaks: "a scalar int32 tensor", "The number of rows may be unknown"
fails: test_replaced_works_in_a_graph, test_an_unknown_number_of_rows, test_plain_numbers_become_a_row
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
