"""A mask with one entry per row is broadcast along the last axis: it chooses a column.

breaks: "the new row", "of rank 1 or more"
fails: test_replaced_gives_a_new_tensor_with_another_row, test_a_row_may_be_a_matrix, test_an_unknown_number_of_rows, test_an_int64_index
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.where(tf.range(tf.shape(tensor)[0]) == index, value, tensor)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
