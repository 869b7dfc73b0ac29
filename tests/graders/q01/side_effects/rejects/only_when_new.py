"""Writes a line only when the amount is another one than before.

breaks: "Each time that the program gets there, it writes one line."
fails: test_every_run_writes_its_line
"""

import tensorflow as tf

LAST = {}


def log_amount(path, amount):
    def append(value):
        if LAST.get(path) != int(value):
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{int(value)}\n")
        LAST[path] = int(value)

    tf.py_function(append, [amount], [])


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
