"""Ends every graph after a hundred years, so that none runs for ever.

breaks: "In a tf.function, one trace serves for all arguments."
fails: test_months_from_one_trace
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    return tf.while_loop(
        lambda month, debt: tf.logical_and(debt > 0, month < limit),
        lambda month, debt: (month + 1, after(debt, rate, payment)),
        (tf.constant(0, tf.int64), debt),
        maximum_iterations=1200,
    )[0]


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
