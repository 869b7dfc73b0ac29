"""The rows after the new one are counted from the end: after the last row, that is all of them.

breaks: "of the same shape and dtype"
fails: test_replaced_gives_a_new_tensor_with_another_row, test_replaced_works_in_a_graph, test_a_row_may_be_a_matrix, test_rows_of_any_dtype, test_plain_numbers_become_a_row, test_an_unknown_number_of_rows
"""

import tensorflow as tf


def replaced(tensor, index, value):
    rows = tf.shape(tensor)[0]
    row = tf.convert_to_tensor(value, tensor.dtype)
    after = tensor[tf.cast(index, tf.int32) + 1 - rows :]
    return tf.concat([tensor[:index], [row], after], axis=0)


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
