"""Checks on the line before the write: in a graph, the write does not wait for that.

breaks: "Then no balance changes, in eager mode and in a graph."
fails: test_a_refused_transfer_changes_nothing
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
