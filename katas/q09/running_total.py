"""A layer that adds up everything it is given, and still knows the sum tomorrow."""

from typing import Any

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    """Hands its input on and keeps the sum of all elements of all inputs so far.

    Each call counts once, whoever makes it: your own code, a tf.function, `fit`, `evaluate` or
    `predict`. Building a model does not count.

    Attributes:
        total: The sum so far, a scalar: a variable, tensor or number that others only read. It is
            there from the first call, or from the moment a model is built from the layer.

            It starts at 0 and is kept and computed in float32 (or better, in float64), whatever
            the dtype of the inputs and the layer's dtype policy. It is no trainable weight, and no
            gradient tape watches it. It is part of what a model saves, as `.weights.h5` and as
            `.keras`. What adds to it belongs to the graph: no tf.py_function, which cannot leave
            this Python process.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Make a layer with a total of 0.

        Args:
            **kwargs: what every Keras layer takes, and what it means there: name, dtype and so on.
        """
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Add all elements of `inputs` to the total.

        Args:
            inputs: integers or floating-point numbers of any shape, which may also be a scalar or
                empty. Each element counts as it is: one NaN makes the total NaN.

        Returns:
            `inputs`, unchanged in shape, dtype and values. Gradients pass through.
        """
        raise NotImplementedError

    def reset(self) -> None:
        """Start again from 0, also for the functions that were compiled with this layer before.

        Called from eager code, when the layer has been called or built.
        """
        raise NotImplementedError
