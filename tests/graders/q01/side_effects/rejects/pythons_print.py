"""Prints the line in Python, while the function is traced.

breaks: "Each time that the program gets there", "They are in the file when"
fails: test_every_run_writes_its_line, test_amounts_keep_all_digits, test_files_are_kept_apart
"""

import tensorflow as tf


def log_amount(path, amount):
    with open(path, "a", encoding="utf-8") as file:
        print(amount.numpy() if tf.executing_eagerly() else amount, file=file)


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
