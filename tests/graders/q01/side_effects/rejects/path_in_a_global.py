"""Keeps the path in a global name, which is looked up when the graph runs.

breaks: "Several files may be in use."
fails: test_files_are_kept_apart
"""

import tensorflow as tf

PATH = ""


def append(value):
    with open(PATH, "a", encoding="utf-8") as file:
        file.write(f"{int(value)}\n")


def log_amount(path, amount):
    global PATH
    PATH = path
    tf.py_function(append, [amount], [])


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
