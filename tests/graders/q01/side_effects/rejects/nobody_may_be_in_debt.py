"""Looks at all balances after the transfer, and one of another account is below 0.

breaks: "The balances of other accounts do not matter"
fails: test_other_accounts_do_not_matter
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    change = tf.tensor_scatter_nd_sub(balances, [[source]], [amount])
    new = tf.tensor_scatter_nd_add(change, [[target]], [amount])
    enough = tf.debugging.assert_non_negative(tf.gather(balances, source) - amount)
    nobody = tf.debugging.assert_non_negative(new)
    with tf.control_dependencies([enough, nobody]):
        balances.assign(new)
