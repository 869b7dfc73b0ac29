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
    """Train the linear model `x @ w + b` by plain SGD, on all devices of a MirroredStrategy.

    >>> strategy = tf.distribute.MirroredStrategy(["CPU:0"])
    >>> x, y = np.float32([[1], [2], [3], [4]]), np.float32([[2], [4], [6], [8]])
    >>> squares = lambda predictions, targets: (predictions - targets)[:, 0] ** 2
    >>> options = {"global_batch": 2, "learning_rate": 0.1, "epochs": 1}
    >>> losses, (w, b) = train(strategy, x, y, squares, **options)
    >>> [round(float(loss), 3) for loss in losses]
    [10.0, 8.66]

    `w` and `b` start from zeros. `per_example` gives the loss of each row. The rows divide evenly
    into batches, and a batch over the replicas.

    - An epoch takes all rows in their order, `global_batch` in a step.
    - Each step goes down the gradient of the mean loss of its whole batch.
    - Each replica calls `per_example(predictions, targets)` for its own rows alone.
    - Each device has its own copy of `w` and `b`.
    - All copies stay equal.

    Returns:
        The losses, and `(w, b)` of shapes [features, 1] and [1]. Each step has one loss: the mean
        over its whole batch, before its update.

    Beyond the idea:
        - The last batch of an epoch may be smaller, and leave a replica with fewer rows.
        - A replica may get no row at all.
    """
    raise NotImplementedError
