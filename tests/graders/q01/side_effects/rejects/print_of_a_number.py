"""Formats the value in Python in eager mode: large ones as floats.

breaks: "An amount is written with all its digits."
fails: test_amounts_keep_all_digits
"""

import tensorflow as tf


def log_amount(path, amount):
    if tf.executing_eagerly():
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{float(amount):g}\n")
    else:
        tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
