"""Unrolls the loop for the graph, with a length that should be enough.

breaks: "In a tf.function, one trace serves for all arguments."
fails: test_months_from_one_trace
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    months = tf.constant(0, tf.int64)
    if tf.executing_eagerly():
        while debt > 0 and months < limit:
            debt, months = after(debt, rate, payment), months + 1
        return months
    for _ in range(60):
        goes_on = tf.logical_and(debt > 0, months < limit)
        debt = tf.where(goes_on, after(debt, rate, payment), debt)
        months += tf.cast(goes_on, tf.int64)
    return months


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
