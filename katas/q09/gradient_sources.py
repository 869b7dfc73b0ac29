"""Gradients with respect to tensors and variables alike."""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

Source = tf.Tensor | tf.Variable | keras.Variable


def gradients_of(loss: Callable[[], tf.Tensor], sources: Sequence[Source]) -> list[tf.Tensor]:
    """Compute the gradients of a loss with respect to `sources`.

    >>> x, frozen = tf.constant(3.0), tf.Variable(2.0, trainable=False)
    >>> for gradient in gradients_of(lambda: frozen * x * x, [x, frozen]):
    ...     print(float(gradient))
    12.0
    9.0

    `loss` takes no arguments and returns a scalar. It reads the sources, and perhaps other
    variables, from where it was defined.

    - It works in eager mode and inside a tf.function.
    - Only the use in `loss()` counts, not how one source was computed from another.
    - The sources stay as they are, and so does their `trainable`.

    Args:
        sources: tf.Tensors, tf.Variables and keras.Variables, trainable or not.

    Returns:
        A list of one tf.Tensor per source, in the order, shapes and dtypes of the sources.
        A source that the loss does not depend on has a gradient of zeros.
        The loss may depend on none of them.

    Beyond the idea:
        - A tensor may be of any floating-point dtype.
        - A source may be named twice.
        - The size of a source may be unknown while a tf.function is traced.
        - If `loss()` looks up rows of a table, the gradient has all rows: zeros for the others.
        - `loss` is called once.
        - Variables that are no source cost no backward pass.
    """
    raise NotImplementedError
