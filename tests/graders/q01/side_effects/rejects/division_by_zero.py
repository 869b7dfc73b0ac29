"""Looks at the result: it is infinite where a limit was 0, and fine where one was negative.

breaks: "A limit is 0 or less."
fails: test_a_ratio_is_refused_in_eager_mode, test_a_graph_refuses_a_ratio_that_nobody_uses, test_every_positive_limit_is_fine
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    return tf.debugging.check_numerics(amounts / limits, "a limit has to be more than 0")


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
