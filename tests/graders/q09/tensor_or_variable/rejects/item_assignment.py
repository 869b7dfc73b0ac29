"""Tensors and variables are taken for NumPy arrays that can be written by index, and a second
name for a copy.

breaks: "All three work in eager mode", "A tf.Tensor of the same shape and dtype", "which keeps its value"
fails: test_replaced_gives_a_new_tensor_with_another_row, test_replaced_works_in_a_graph, test_write_at_changes_the_variable_itself, test_write_at_writes_each_time_the_graph_runs, test_a_snapshot_keeps_its_value, test_a_snapshot_in_a_graph, test_a_snapshot_of_a_layers_weight, test_an_unknown_number_of_rows, test_an_int64_index, test_a_row_may_be_a_matrix, test_rows_of_any_dtype, test_the_old_row_does_not_matter, test_plain_numbers_become_a_row
"""


def replaced(tensor, index, value):
    new = tensor
    new[index] = value
    return new


def write_at(variable, index, value):
    variable[index] = value


def snapshot(variable):
    return variable
