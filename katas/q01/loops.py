"""Repayment plans: loops whose number of rounds is known only when they run.

A plan goes month by month, in whole cents. First the interest is added: `debt * rate // 10_000`,
where `rate` counts hundredths of a percent. Then the payment is taken off, and the debt is never
less than 0. If the payment is less than the interest, the debt grows.

All arguments are scalar int64 tensors of at least 0. In each month, `debt * rate` fits into an
int64.
"""

import tensorflow as tf


def months_to_repay(
    debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor
) -> tf.Tensor:
    """Count the months until the debt is paid.

    >>> plan = [tf.constant(number, tf.int64) for number in (100_000, 100, 40_000, 600)]
    >>> int(months_to_repay(*plan))
    3

    Returns:
        The number of months, a scalar tf.Tensor of any integer dtype.

        - A debt of 0 takes no month.
        - Where the debt is not paid within `limit` months, the answer is `limit`.
        - In a tf.function, one trace serves for all arguments.
        - That graph makes no call back into Python.

    Beyond the idea:
        - The debt and the limit may be more than an int32 holds.
        - `debt * rate` may be nearly as large as an int64 holds.
    """
    raise NotImplementedError


def balances(debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor) -> tf.Tensor:
    """List the debt at the end of each month that `months_to_repay` counts.

    >>> plan = [tf.constant(number, tf.int64) for number in (100_000, 100, 40_000, 600)]
    >>> balances(*plan)
    <tf.Tensor: shape=(3,), dtype=int64, numpy=array([61000, 21610,     0])>

    Returns:
        A tf.Tensor of dtype int64 and shape [months].

        - In a tf.function, one trace serves for all arguments.
        - That graph makes no call back into Python.

    Beyond the idea:
        - The debt and the limit may be more than an int32 holds.
        - `debt * rate` may be nearly as large as an int64 holds.
        - Where no month is needed, the result has the shape [0].
    """
    raise NotImplementedError
