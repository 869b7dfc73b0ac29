"""One model, many replicas: data parallelism on the devices of one machine."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf


def train(
    strategy: tf.distribute.Strategy,
    x: np.ndarray,
    y: np.ndarray,
    per_example: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
    *,
    global_batch: int,
    learning_rate: float,
    epochs: int,
) -> tuple[list, tuple]:
    """Train the linear model `x @ w + b` by plain SGD, on all devices of `strategy`.

    What comes out is what one device would get: each step goes down the gradient of the mean loss
    of the whole batch. Each replica computes the loss of its own rows alone, and every replica
    has as many. Each device keeps its own copy of `w` and `b`; all copies stay equal.

    Args:
        strategy: a MirroredStrategy over some devices of this machine.
        x: float32, (rows, features); the rows are taken in this order in each epoch.
        y: float32, (rows, 1).
        per_example: called inside each replica with predictions and targets of its rows, both
            (rows of this replica, 1); gives the loss of each row, (rows of this replica,).
        global_batch: rows in a step, over all replicas. It divides the number of rows, and the
            number of replicas divides it.
        learning_rate: of plain SGD.
        epochs: how many times to go over the rows.

    Returns:
        The mean loss of each step before its update, as a list of numbers or scalars; and (w, b)
        with the values at the end, (features, 1) and (1,). Both start from zeros. The values can
        be held in anything that `np.asarray` reads.
    """
    raise NotImplementedError
