"""A layer with a memory."""

from typing import Any

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    """Hand the input on, and keep the sum of all elements of all inputs so far.

    >>> layer = RunningTotal()
    >>> layer(tf.constant([[1.0, 2.0, 3.0]])).numpy().tolist()
    [[1.0, 2.0, 3.0]]
    >>> compiled = tf.function(layer)
    >>> for _ in range(2):
    ...     output = compiled(tf.constant([[1.0, 2.0, 3.0]]))
    >>> float(layer.total)
    18.0
    >>> layer.reset()
    >>> float(layer.total)
    0.0

    - Every call counts, made by you, a tf.function, `fit`, `evaluate` or `predict`.
    - Building a model counts nothing.
    - Two layers keep two totals.
    - The total is neither trained nor watched by a gradient tape.
    - A model's `.weights.h5` and `.keras` files have it, with all its digits.
    - The graph does the adding, without tf.py_function.

    `total` and `reset` are used only after a first call, or in a model that was built.

    Attributes:
        total: the sum so far, from 0 on: a scalar, as a variable, tensor or Python number.

    Beyond the idea:
        - `inputs` may be integers, and come back as the same integers.
        - `inputs` may be a scalar, or empty.
        - The total is a float32 sum or better, also in a layer of half precision.
        - NaN makes the total NaN, until `reset`, and comes out as it came in.
        - `**kwargs` act as in every Keras layer: name, dtype, trainable.
        - They are in the config, too.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Make a layer with a total of 0."""
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Add all elements of `inputs` to the total.

        Returns:
            The `inputs` as they are; gradients pass through.
        """
        raise NotImplementedError

    def reset(self) -> None:
        """Start again from 0.

        - Functions that were compiled before start again, too.
        """
        raise NotImplementedError
