"""Lists the balances in NumPy, and puts that into the graph.

breaks: "That graph makes no call back into Python."
fails: test_the_loop_is_in_the_graph
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
    def listed(debt, rate, payment, limit):
        owed = []
        while debt > 0 and len(owed) < limit:
            debt = max(debt + debt * rate // 10_000 - payment, 0)
            owed.append(debt)
        return np.array(owed, np.int64)

    owed = tf.numpy_function(listed, [debt, rate, payment, limit], tf.int64)
    return tf.ensure_shape(owed, [None])
