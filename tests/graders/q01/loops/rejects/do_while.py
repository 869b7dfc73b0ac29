"""Computes a month, then asks whether it was the last: there is always a first.

breaks: "Where no month is needed"
fails: test_no_month_gives_an_empty_vector
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    def still_owed(month, debt):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt):
        return month + 1, after(debt, rate, payment)

    return tf.while_loop(still_owed, one_month, [tf.constant(0, tf.int64), debt])[0]


def balances(debt, rate, payment, limit):
    debt = after(debt, rate, payment)
    owed, months = debt[tf.newaxis], tf.constant(1, tf.int64)
    return tf.while_loop(
        lambda month, debt, owed: tf.logical_and(debt > 0, month < limit),
        lambda month, debt, owed: (
            month + 1,
            after(debt, rate, payment),
            tf.concat([owed, [after(debt, rate, payment)]], axis=0),
        ),
        [months, debt, owed],
        shape_invariants=[months.shape, debt.shape, tf.TensorShape([None])],
    )[2]
