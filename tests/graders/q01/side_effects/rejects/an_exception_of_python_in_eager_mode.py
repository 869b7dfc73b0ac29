"""Looks at the values in eager mode, and raises an exception of Python.

breaks: "A limit is 0 or less."
fails: test_a_ratio_is_refused_in_eager_mode
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    if tf.executing_eagerly() and tf.reduce_any(limits <= 0):
        raise ValueError("a limit has to be more than 0")
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
