"""Gives eager mode a Python loop of its own, since tf.while_loop is said to be for graphs only.

breaks: "The number of months"
fails: test_months_in_eager_mode
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    if tf.executing_eagerly():
        for month in range(61):
            if debt <= 0 or month == limit:
                break
            debt = after(debt, rate, payment)
        return tf.constant(month)

    def still_owed(month, debt):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt):
        return month + 1, after(debt, rate, payment)

    return tf.while_loop(still_owed, one_month, [tf.constant(0, tf.int64), debt])[0]


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
