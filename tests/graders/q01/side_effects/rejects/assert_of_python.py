"""Asserts a tensor in Python: that has its own exception, and no graph takes it.

breaks: "A limit is 0 or less.", "A graph checks this in each run"
fails: test_a_ratio_is_refused_in_eager_mode, test_a_graph_refuses_a_ratio_that_nobody_uses, test_every_positive_limit_is_fine, test_nan_is_no_limit, test_the_shape_may_be_anything
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    assert tf.reduce_all(limits > 0), "a limit has to be more than 0"
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
