"""Reads the numbers out first, so the loop is Python.

breaks: "In a tf.function, one trace serves for all arguments."
fails: test_months_from_one_trace, test_the_limit_ends_the_loop, test_the_loop_is_in_the_graph, test_cents_are_int64, test_large_products_do_not_overflow
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    debt, rate, payment, limit = (int(t) for t in (debt, rate, payment, limit))
    months = 0
    while debt > 0 and months < limit:
        debt = debt + debt * rate // 10_000 - payment
        months += 1
    return tf.constant(months)


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
