"""Refuses a limit of 0 or less, and NaN is neither.

breaks: "A limit that is NaN is refused as well."
fails: test_nan_is_no_limit
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    bad = tf.reduce_any(limits <= 0.0)
    tf.debugging.assert_equal(bad, False)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
