"""Divides in float64, which is more precise, and leaves it at that.

breaks: "a float32 tensor of their shape"
fails: test_a_ratio_is_refused_in_eager_mode, test_a_graph_refuses_a_ratio_that_nobody_uses, test_every_positive_limit_is_fine, test_the_shape_may_be_anything
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return tf.cast(amounts, tf.float64) / tf.cast(limits, tf.float64)


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
