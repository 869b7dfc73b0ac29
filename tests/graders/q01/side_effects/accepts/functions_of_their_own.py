"""Each effect is in a tf.function of its own; slices are assigned in one branch."""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(tf.strings.format("{}", amount), output_stream="file://" + path, end="\n")


@tf.function(reduce_retracing=True)
def checked_ratio(amounts, limits):
    tf.debugging.assert_none_equal(tf.math.is_nan(limits), True)
    tf.debugging.assert_greater(tf.reshape(limits, [-1]), 0.0)
    return tf.math.divide(amounts, limits)


@tf.function
def transfer(balances, source, target, amount):
    if balances[source] < amount:
        tf.debugging.assert_non_negative(balances[source] - amount)
    else:
        balances[source].assign(balances[source] - amount)
        balances[target].assign(balances[target] + amount)
