"""Three things that a program does beside computing a result, in eager mode and in graphs.

In a TF1 graph, an op that nobody fetched did not run. In a tf.function, an op that has an effect
runs in every call, while Python runs when the function is traced, and then no more. All functions
below are called in eager mode, from tf.functions with `autograph` on, and in their conditions and
loops. Each time that the program gets there, the effect happens: once, in the program's order.
"""

import tensorflow as tf


def log_amount(path: str, amount: tf.Tensor) -> None:
    """Append a line to a file: the amount, and nothing else.

    When an eager call returns, and when the caller's tf.function returns, the line is in the
    file.

    Args:
        path: where the file is; it need not exist yet. Not a tensor: known while tracing. Several
            files may be in use.
        amount: in cents: a scalar of dtype int64, which may be negative.
    """
    raise NotImplementedError


def checked_ratio(amounts: tf.Tensor, limits: tf.Tensor) -> tf.Tensor:
    """Divide amounts by limits, all of which have to be positive.

    The caller need not use what comes back: the limits are checked in any case.

    Args:
        amounts: float32, of any shape, which may be unknown in a graph.
        limits: float32, of the same shape.

    Returns:
        amounts / limits, float32 of the same shape; no elements if there are none.

    Raises:
        tf.errors.InvalidArgumentError: a limit is zero or less, or not a number (NaN). All
            others are fine, however small (but for subnormal numbers), infinity included. In a
            graph this happens when it runs; for limits that are constants, it may happen while
            the graph is traced.
    """
    raise NotImplementedError


def transfer(
    balances: tf.Variable, source: tf.Tensor, target: tf.Tensor, amount: tf.Tensor
) -> None:
    """Move an amount from one account to another, or change nothing.

    Args:
        balances: int64, of shape [accounts].
        source: the index of the account that pays: a scalar int32 or int64 tensor, from 0.
        target: the index of the account that is paid, of the same dtype; it may be the same one.
        amount: a scalar of dtype int64, at least 0.

    Raises:
        tf.errors.InvalidArgumentError: the source has less than the amount, even by one cent,
            also if the source is the target. The balances are then what they were before this
            call, in every such run. In a graph this happens when it runs.
    """
    raise NotImplementedError
