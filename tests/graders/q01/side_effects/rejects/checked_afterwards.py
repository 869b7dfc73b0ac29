"""Moves the money, then finds a balance below zero, which stays there.

breaks: "Then no balance changes, in eager mode and in a graph."
fails: test_a_refused_transfer_changes_nothing, test_an_account_may_pay_itself, test_other_accounts_do_not_matter
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
    tf.debugging.assert_non_negative(balances)
