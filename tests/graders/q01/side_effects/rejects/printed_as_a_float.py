"""An amount is a number, and numbers are floats: large ones are printed with an exponent.

fails: test_an_eager_call_writes_its_line
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(tf.cast(amount, tf.float64), output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
