"""Loops in NumPy, and tf.numpy_function puts that into the graph.

breaks: "That graph makes no call back into Python."
fails: test_the_loop_is_in_the_graph
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    def count(debt, rate, payment, limit):
        months = np.int64(0)
        while debt > 0 and months < limit:
            debt = max(debt + debt * rate // 10_000 - payment, 0)
            months += 1
        return months

    return tf.ensure_shape(tf.numpy_function(count, [debt, rate, payment, limit], tf.int64), [])


def balances(debt, rate, payment, limit):
    months, owed = tf.constant(0, tf.int64), tf.zeros([0], tf.int64)
    _, _, owed = tf.while_loop(
        lambda month, debt, owed: tf.logical_and(debt > 0, month < limit),
        lambda month, debt, owed: (
            month + 1,
            after(debt, rate, payment),
            tf.concat([owed, [after(debt, rate, payment)]], axis=0),
        ),
        [months, debt, owed],
        shape_invariants=[months.shape, debt.shape, tf.TensorShape([None])],
    )
    return owed
