"""Gradients with respect to tensors and variables alike."""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

Source = tf.Tensor | tf.Variable | keras.Variable


def gradients_of(loss: Callable[[], tf.Tensor], sources: Sequence[Source]) -> list[tf.Tensor]:
    """The gradients of a loss with respect to `sources`.

    It works the same way eagerly and inside a `tf.function`, where the size of a source may not
    be known while it is traced.

    Args:
        loss: takes no arguments and returns a scalar. It reads the sources, and perhaps other
            variables, from where it was defined. It is called once.
        sources: floating-point tensors, `tf.Variable`s and `keras.Variable`s, trainable or not,
            in any mixture and order; one may be named twice.

    Returns:
        A list with one `tf.Tensor` per source, in the order of `sources`, with the shape and
        dtype of its source: the gradient of `loss()`, or zeros if the loss does not depend on
        the source. That holds for a table as well, of which the loss reads a few rows.

    What counts is what happens in `loss()`. If one source was computed from another before, that
    makes no difference.

    Only the sources cost a backward pass: where the loss reads other variables, trainable ones
    included, nothing is differentiated for their sake.
    """
    raise NotImplementedError
