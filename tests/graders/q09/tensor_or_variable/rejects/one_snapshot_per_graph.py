"""A read is kept for each graph, as if a variable had one value while a graph runs.

breaks: "each run reads the value that is there when it comes to this line"
fails: test_a_snapshot_in_a_graph
"""

import tensorflow as tf

READS = {}


def replaced(tensor, index, value):
    return tf.tensor_scatter_nd_update(tensor, [[index]], [value])


def write_at(variable, index, value):
    variable[index].assign(value)


def snapshot(variable):
    if tf.executing_eagerly():
        return tf.identity(variable)
    key = id(variable), tf.compat.v1.get_default_graph()
    if key not in READS:
        READS[key] = tf.identity(variable)
    return READS[key]
