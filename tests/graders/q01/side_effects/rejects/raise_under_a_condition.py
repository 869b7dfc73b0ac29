"""Raises under a condition: AutoGraph makes an op of the if, and the raise stays Python.

breaks: "A graph checks this in each run"
fails: test_a_graph_refuses_a_ratio_that_nobody_uses, test_every_positive_limit_is_fine, test_the_shape_may_be_anything
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    if not tf.reduce_all(limits > 0):
        raise tf.errors.InvalidArgumentError(None, None, "a limit has to be more than 0")
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
