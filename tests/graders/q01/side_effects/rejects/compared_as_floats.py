"""The balance and the amount are compared as float32: the last cents of large sums are not seen.

fails: test_a_refused_transfer_changes_nothing
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    balance = tf.cast(tf.gather(balances, source), tf.float32)
    enough = tf.debugging.assert_greater_equal(balance, tf.cast(amount, tf.float32))
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
