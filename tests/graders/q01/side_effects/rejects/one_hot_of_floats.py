"""The change is written as a one-hot vector, whose dtype is float32: it keeps seven digits.

fails: test_transfers_happen_in_order
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        paid, received = tf.unstack(tf.one_hot([source, target], tf.size(balances)))
        change = (received - paid) * tf.cast(amount, tf.float32)
        balances.assign_add(tf.cast(change, tf.int64))
