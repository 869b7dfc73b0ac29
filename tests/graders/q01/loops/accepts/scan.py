"""The months come from the balances, and those from tf.scan over the limit, cut off at the end."""

import numpy as np
import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


def months_to_repay(debt, rate, payment, limit):
    return tf.size(balances(debt, rate, payment, limit))


def balances(debt, rate, payment, limit):
    months = tf.range(limit)
    ends = tf.scan(lambda owed, _: tf.where(owed > 0, after(owed, rate, payment), 0), months, debt)
    starts = tf.concat([[debt], ends], axis=0)[: tf.size(ends)]
    return ends[: tf.math.count_nonzero(starts > 0)]
