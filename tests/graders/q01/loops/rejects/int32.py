"""Casts integers to TensorFlow's default, an int32.

breaks: "The debt and the limit may be more than an int32 holds."
fails: test_cents_are_int64, test_large_products_do_not_overflow
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def narrow(*tensors):
    return [tf.cast(t, tf.int32) for t in tensors]


def months_to_repay(debt, rate, payment, limit):
    debt, rate, payment, limit = narrow(debt, rate, payment, limit)

    def still_owed(month, debt):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt):
        return month + 1, after(debt, rate, payment)

    return tf.while_loop(still_owed, one_month, [tf.constant(0), debt])[0]


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
