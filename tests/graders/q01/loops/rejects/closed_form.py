"""Uses a formula with logarithms, which knows nothing of the parts of a cent that are dropped.

breaks: "The number of months"
fails: test_months_in_eager_mode, test_months_from_one_trace, test_large_products_do_not_overflow
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    owed, interest, paid = (tf.cast(t, tf.float64) for t in (debt, rate, payment))
    interest /= 10_000.0
    months = tf.where(
        interest > 0.0,
        -tf.math.log(1.0 - owed * interest / paid) / tf.math.log1p(interest),
        owed / paid,
    )
    # What is never paid has no logarithm.
    found = tf.math.is_finite(months)
    months = tf.cast(tf.math.ceil(tf.where(found, months, 0.0)), tf.int64)
    months = tf.where(found, tf.minimum(months, limit), limit)
    return tf.where(debt > 0, months, 0)


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
