"""Refuses a limit that is not greater than 0. The graph's optimizer makes `<=` of that, which NaN passes.

breaks: "A limit that is NaN is refused as well."
fails: test_nan_is_no_limit
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    refused = tf.logical_not(limits > 0.0)
    tf.debugging.Assert(tf.logical_not(tf.reduce_any(refused)), [limits])
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
