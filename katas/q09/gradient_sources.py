"""Gradients with respect to tensors and variables alike."""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

Source = tf.Tensor | tf.Variable | keras.Variable


def gradients_of(loss: Callable[[], tf.Tensor], sources: Sequence[Source]) -> list[tf.Tensor]:
    """The gradients of a loss with respect to `sources`.

    It works the same way eagerly and inside a `tf.function`.

    Args:
        loss: takes no arguments and returns a scalar. It reads the sources, and perhaps other
            variables, from where it was defined.
        sources: floating-point tensors, `tf.Variable`s and `keras.Variable`s, trainable or not,
            in any mixture and order.

    Returns:
        One tensor per source, in the order of `sources`, with the shape and dtype of its
        source: the gradient of `loss()`, or zeros if the loss does not depend on the source.

    Only the sources cost a backward pass: where the loss reads other variables, trainable ones
    included, nothing is differentiated for their sake.
    """
    raise NotImplementedError
