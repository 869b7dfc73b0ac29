"""The file is opened anew for each line, and what was in it is gone.

fails: test_every_run_writes_its_line, test_an_eager_call_writes_its_line
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.io.write_file(path, tf.strings.as_string(amount) + "\n")


def checked_ratio(amounts, limits):
    tf.debugging.assert_positive(limits)
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.assign(tf.tensor_scatter_nd_add(balances, [[source], [target]], [-amount, amount]))
