"""Asks a tensor for its graph: one of eager mode has none.

breaks: "The number of months"
fails: test_months_in_eager_mode, test_the_limit_ends_the_loop, test_cents_are_int64, test_large_products_do_not_overflow
"""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    graph = debt.graph
    with graph.name_scope("months"):
        month = tf.constant(0, tf.int64)
        return tf.while_loop(
            lambda month, debt: tf.logical_and(debt > 0, month < limit),
            lambda month, debt: (month + 1, after(debt, rate, payment)),
            [month, debt],
        )[0]


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
