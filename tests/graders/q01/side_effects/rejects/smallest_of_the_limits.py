"""Checks the first of the sorted limits, and there is none without elements.

breaks: "There may be no elements."
fails: test_the_shape_may_be_anything
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    smallest = tf.sort(tf.reshape(limits, [-1]))[0]
    tf.debugging.assert_positive(smallest)
    tf.debugging.assert_none_equal(tf.math.is_nan(limits), True)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
