"""Checks nothing for a transfer to the same account, because nothing is to be done.

breaks: "Source and target may be the same account."
fails: test_an_account_may_pay_itself
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    if tf.executing_eagerly() and source == target:
        return
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
