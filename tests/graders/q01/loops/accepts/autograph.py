"""Python loops, left to the caller's tf.function; set_loop_options for what grows; an int32 count."""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    months = tf.constant(0)
    while debt > 0:
        if tf.cast(months, tf.int64) == limit:
            break
        debt = after(debt, rate, payment)
        months += 1
    return months


def balances(debt, rate, payment, limit):
    owed = tf.zeros([0], tf.int64)
    while debt > 0 and tf.size(owed, tf.int64) < limit:
        tf.autograph.experimental.set_loop_options(
            shape_invariants=[(owed, tf.TensorShape([None]))]
        )
        debt = after(debt, rate, payment)
        owed = tf.concat([owed, debt[tf.newaxis]], 0)
    return owed
