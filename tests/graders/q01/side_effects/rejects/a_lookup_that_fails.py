"""Lets a lookup fail instead of a check: it is an op like any other, and nobody needs its result.

breaks: "A graph checks this in each run, also where nobody uses the ratio."
fails: test_a_graph_refuses_a_ratio_that_nobody_uses
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_none_equal(tf.math.is_nan(limits), True)
    bad = tf.cast(tf.reduce_any(limits <= 0), tf.int32)
    tf.gather([0], bad)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
