"""Both new balances are computed first, and then written: wrong if it is one account.

fails: test_transfers_happen_in_order
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
