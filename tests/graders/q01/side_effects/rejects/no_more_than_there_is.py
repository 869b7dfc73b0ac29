"""Moves what there is, without a word, where the amount is too much.

breaks: "The source has less than the amount."
fails: test_a_refused_transfer_changes_nothing, test_an_account_may_pay_itself, test_large_balances_are_right_to_the_cent
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    amount = tf.minimum(amount, tf.gather(balances, source))
    balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
