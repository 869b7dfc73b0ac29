"""Makes room in the graph for every month up to the limit, and leaves the rest 0.

breaks: "shape [months]"
fails: test_balances_from_one_trace, test_cents_are_int64, test_no_month_gives_an_empty_vector, test_large_products_do_not_overflow
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
    size = months if tf.executing_eagerly() else limit
    owed = tf.TensorArray(tf.int64, size=tf.cast(size, tf.int32), element_shape=[])
    for month in tf.range(tf.cast(months, tf.int32)):
        debt = after(debt, rate, payment)
        owed = owed.write(month, debt)
    return owed.stack()
