"""Loops whose number of rounds is known only when they run.

The bank's repayment plans come from TF1. This is the old code of `months_to_repay`, and what
remains of it in TF2 is up to you:

    def still_owed(month, debt):
        return tf.logical_and(debt > 0, month < limit)

    def one_month(month, debt):
        debt = debt + debt * rate // 10_000
        return month + 1, tf.maximum(debt - payment, 0)

    months, _ = tf.while_loop(still_owed, one_month, [tf.constant(0, tf.int64), debt])

`tf.while_loop` is still there, and works in eager mode as well as in a graph. Keep it, write a
Python loop, or do without one: the tests look at numbers, and at what a graph holds.

Money is counted in whole cents. A month goes like this:

1. The interest is added: `debt * rate // 10_000`, where `rate` is the interest of a month in
   hundredths of a percent, and parts of a cent are dropped.
2. The payment is taken off. In the last month no more is paid than is owed: the debt is then 0.

Both functions take scalar tensors of dtype int64, all of them at least 0, and small enough for
`debt * rate` to fit into an int64 as long as the debt does not grow. The debt and the limit may be
more than an int32 holds, and a limit that large says nothing about how many months there are. The
debt may grow: if the payment is less than the interest, only the limit ends the loop. Called in
eager mode they give values. Within a tf.function they become a part of its graph: none of the
arguments has a value while it is traced, one trace serves for all values, and there is no call
back into Python.
"""

import tensorflow as tf


def months_to_repay(
    debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor
) -> tf.Tensor:
    """Count the months until the debt is paid.

    Returns:
        How many months it takes until the debt is 0, and at most `limit`: where the debt is
        not paid by then, the answer is `limit`. A debt of 0 takes no month. A scalar tf.Tensor
        of any integer dtype.
    """
    raise NotImplementedError


def balances(debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor) -> tf.Tensor:
    """List what is owed at the end of each month.

    Returns:
        A tf.Tensor of dtype int64 and shape [months], with as many months as `months_to_repay`
        counts: the first element is the debt after one month. If no month is needed, it is empty.
    """
    raise NotImplementedError
