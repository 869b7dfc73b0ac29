"""Opens the file for writing in eager mode, which empties it.

breaks: "Lines that are in the file stay there."
fails: test_an_eager_call_writes_its_line
"""

import tensorflow as tf


def log_amount(path, amount):
    if tf.executing_eagerly():
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{int(amount)}\n")
    else:
        tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
