"""The index of a write is read with numpy(), which needs a value: a graph has none while it is
traced.

breaks: "each run writes to the row that it is given"
fails: test_write_at_writes_each_time_the_graph_runs
"""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    if tf.is_tensor(index):
        index = index.numpy()
    variable[index].assign(value)


def snapshot(variable):
    return tf.identity(variable)
