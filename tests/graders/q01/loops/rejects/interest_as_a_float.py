"""The interest is computed in float64, and cast back.

breaks: "may be nearly as large as an int64 holds"
fails: test_large_products_do_not_overflow
"""

import numpy as np
import tensorflow as tf


def months_to_repay(debt, rate, payment, limit):
    def still_owed(month, debt):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt):
        debt = debt + tf.cast(debt * rate / 10_000, tf.int64)
        return month + 1, tf.maximum(debt - payment, 0)

    months, _ = tf.while_loop(still_owed, one_month, [tf.constant(0, tf.int64), debt])
    return months


def balances(debt, rate, payment, limit):
    def still_owed(month, debt, rows):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt, rows):
        debt = debt + debt * rate // 10_000
        debt = tf.maximum(debt - payment, 0)
        return month + 1, debt, rows.write(tf.cast(month, tf.int32), debt)

    rows = tf.TensorArray(tf.int64, size=0, dynamic_size=True, element_shape=[])
    _, _, rows = tf.while_loop(still_owed, one_month, [tf.constant(0, tf.int64), debt, rows])
    return rows.stack()
