"""Opens the file anew for each line, and the earlier ones are gone.

breaks: "Lines that are in the file stay there."
fails: test_every_run_writes_its_line, test_an_eager_call_writes_its_line, test_files_are_kept_apart
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
