"""Compares balance and amount as float32, which does not see the last cents of large sums.

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
    balance = tf.cast(tf.gather(balances, source), tf.float32)
    enough = tf.debugging.assert_greater_equal(balance, tf.cast(amount, tf.float32))
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
