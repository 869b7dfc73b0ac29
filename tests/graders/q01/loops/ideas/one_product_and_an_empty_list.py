"""One formula for the month, an int32 for its number, and in eager mode a plain list."""

import tensorflow as tf


def after(debt, rate, payment):
    return tf.maximum(debt * (10_000 + rate) // 10_000 - payment, 0)


@tf.function
def months_to_repay(debt, rate, payment, limit):
    months = 0
    while debt > 0 and months < tf.cast(limit, tf.int32):
        debt = after(debt, rate, payment)
        months += 1
    return months


def balances(debt, rate, payment, limit):
    if tf.executing_eagerly():
        owed = []
        while debt > 0 and len(owed) < limit:
            debt = after(debt, rate, payment)
            owed.append(debt)
        return tf.stack(owed)
    owed = tf.TensorArray(tf.int64, size=0, dynamic_size=True)
    months = 0
    while debt > 0 and months < tf.cast(limit, tf.int32):
        debt = after(debt, rate, payment)
        owed = owed.write(months, debt)
        months += 1
    return owed.stack()
