"""Reads the balances as an array, and writes them back as one.

breaks: "Each transfer finds the balances that those before it have left."
fails: test_transfers_happen_in_order
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    if tf.executing_eagerly():
        before = balances.numpy()
    else:
        with tf.init_scope():
            before = tf.convert_to_tensor(balances)
    with tf.control_dependencies(
        [tf.debugging.assert_greater_equal(tf.gather(before, source), amount)]
    ):
        balances.assign(tf.tensor_scatter_nd_add(before, [[source], [target]], [-amount, amount]))
