"""Checks all accounts at once, and another one has enough.

breaks: "The source has less than the amount."
fails: test_a_refused_transfer_changes_nothing, test_an_account_may_pay_itself
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.reduce_max(balances), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
