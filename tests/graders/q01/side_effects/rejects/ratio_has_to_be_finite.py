"""Checks the ratio as well, and refuses one that is infinite.

breaks: "Every other limit from 1.2e-38 on is fine, also infinity, or if the ratio is infinite."
fails: test_every_positive_limit_is_fine
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    positive = tf.debugging.assert_positive(limits)
    with tf.control_dependencies([positive]):
        return tf.debugging.check_numerics(amounts / limits, "no ratio")


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
