"""A training step that shows what happens inside."""

from collections.abc import Callable

import keras
import tensorflow as tf


def make_logged_step(
    model: keras.Model,
    loss_fn: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
    optimizer: keras.optimizers.Optimizer,
    writer: tf.summary.SummaryWriter,
) -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    """Make a training step that logs the loss, each weight and each gradient.

    >>> model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1, name="top")], name="net")
    >>> writer = tf.summary.create_file_writer("logs")
    >>> step = make_logged_step(
    ...     model, keras.losses.MeanSquaredError(), keras.optimizers.SGD(0.1), writer
    ... )
    >>> loss = step(tf.ones([4, 2]), tf.ones([4, 1]))  # one point each, at step 1, for
    >>> [f"weight/{variable.path}" for variable in model.trainable_variables]
    ['weight/net/top/kernel', 'weight/net/top/bias']

    Further tags are `loss`, `grad/net/top/kernel` and `grad/net/top/bias`. The model is built,
    without penalties. The optimizer is new. The caller flushes the writer.

    - A call makes one update, with the gradients of `loss_fn(y, model(x, training=True))`.
    - `loss` is a scalar: this loss, before the update.
    - `weight/<path>` is a histogram of a trainable variable after the update.
    - `grad/<path>` is a histogram of all values of its gradient.
    - No other tags begin with `weight/` or `grad/`.
    - A call writes one point under each tag.
    - Its step is `optimizer.iterations` after the update.
    - The writer stays open.
    - No default writer and no default step is left behind.

    Returns:
        The function `step(x, y)`, which returns this loss, a float32 scalar.

    Beyond the idea:
        - After a resume at `optimizer.iterations` 500, the next point is at step 501.
        - A variable that the loss does not depend on has no `grad/` tag.
        - It has its `weight/` tag, and is not moved.
        - The gradient of an embedding has as many values as its table.
        - Steps for several models work in one process.
    """
    raise NotImplementedError
