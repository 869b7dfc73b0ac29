"""A limit is refused if it is not greater than 0. The graph's optimizer makes `<=` of that, which NaN passes.

fails: test_a_graph_refuses_a_ratio_that_nobody_uses
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
