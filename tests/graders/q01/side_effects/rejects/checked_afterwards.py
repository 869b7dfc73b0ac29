"""The money is moved, then a balance below zero is found: and stays there.

fails: test_a_refused_transfer_changes_nothing
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
