"""Makes room for every month up to the limit, and cuts off the rest.

breaks: "The debt and the limit may be more than an int32 holds."
fails: test_cents_are_int64
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
    months = months_to_repay(debt, rate, payment, limit)
    owed = tf.TensorArray(tf.int64, size=tf.cast(limit, tf.int32), element_shape=[])
    _, _, owed = tf.while_loop(
        lambda month, debt, owed: tf.cast(month, tf.int64) < months,
        lambda month, debt, owed: (
            month + 1,
            after(debt, rate, payment),
            owed.write(month, after(debt, rate, payment)),
        ),
        [tf.constant(0), debt, owed],
    )
    return owed.stack()[:months]
