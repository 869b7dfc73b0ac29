"""Computes both new balances first, then writes them: wrong if it is one account.

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
    less = tf.gather(balances, source) - amount
    more = tf.gather(balances, target) + amount
    with tf.control_dependencies([tf.debugging.assert_non_negative(less)]):
        balances.scatter_update(tf.IndexedSlices(less, source))
        balances.scatter_update(tf.IndexedSlices(more, target))
