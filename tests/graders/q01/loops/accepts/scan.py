"""The months are counted under maximum_iterations; the balances are tf.scan over so many months."""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    return tf.while_loop(
        lambda month, debt: debt > 0,
        lambda month, debt: (month + 1, after(debt, rate, payment)),
        (tf.constant(0, tf.int64), debt),
        maximum_iterations=tf.cast(tf.minimum(limit, tf.int32.max), tf.int32),
    )[0]


def balances(debt, rate, payment, limit):
    months = tf.range(months_to_repay(debt, rate, payment, limit))
    return tf.scan(lambda owed, _: after(owed, rate, payment), months, debt)
