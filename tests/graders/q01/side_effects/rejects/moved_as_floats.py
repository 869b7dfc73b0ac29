"""Moves the amount in float64, which is enough for all but the largest.

breaks: "Large amounts are compared and moved to the cent."
fails: test_large_balances_are_right_to_the_cent
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        moved = tf.cast(tf.cast(amount, tf.float64), tf.int64)
        balances.scatter_sub(tf.IndexedSlices(moved, source))
        balances.scatter_add(tf.IndexedSlices(moved, target))
