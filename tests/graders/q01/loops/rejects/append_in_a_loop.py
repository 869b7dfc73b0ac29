"""Collects the balances in a Python list: in a graph it gets one symbolic tensor, once.

breaks: "In a tf.function, one trace serves for all arguments."
fails: test_balances_from_one_trace, test_cents_are_int64, test_large_products_do_not_overflow, test_no_month_gives_an_empty_vector, test_the_loop_is_in_the_graph
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


@tf.autograph.experimental.do_not_convert
def balances_now(debt, rate, payment, limit):
    owed = []
    while debt > 0 and len(owed) < limit:
        debt = after(debt, rate, payment)
        owed.append(debt)
    return tf.stack(owed) if owed else tf.zeros([0], tf.int64)


def balances(debt, rate, payment, limit):
    if tf.executing_eagerly():
        return balances_now(debt, rate, payment, limit)
    owed, months = [], tf.constant(0, tf.int64)
    while debt > 0 and months < limit:
        debt = after(debt, rate, payment)
        owed.append(debt)
        months += 1
    return tf.stack(owed)
