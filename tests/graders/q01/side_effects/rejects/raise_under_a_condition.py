"""AutoGraph turns the if into an op; the raise stays Python, and happens while the branch is traced.

fails: test_a_graph_refuses_a_ratio_that_nobody_uses
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
