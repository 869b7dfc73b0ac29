"""Writes the change as a one-hot vector, whose dtype is float32: it keeps seven digits.

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
        paid, received = tf.unstack(tf.one_hot([source, target], tf.size(balances)))
        change = (received - paid) * tf.cast(amount, tf.float32)
        balances.assign_add(tf.cast(change, tf.int64))
