"""A network whose depth depends on its input."""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    """Applies a layer again and again, until the numbers have settled down.

    As long as the largest absolute value in the whole batch is above `limit`, the layer is applied
    to the batch: not at all if no value is above it to begin with, and as often as it takes
    otherwise, be it hundreds of times. So it is in eager calls, in a tf.function, in `predict` and
    in `fit`, where one graph serves all depths; XLA is not asked for. Gradients pass through every
    step. As soon as the model is called the first time, it has the weights of the layer, also if
    it takes no step.

    Saved as `.keras`, after a call, the model is loaded by `keras.models.load_model`, which is told
    of the class Settle by `custom_objects`, and of nothing else; it has the limit, the name and the
    `trainable` that it had, and gives the same outputs.
    """

    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        """Make a model with this layer, which is the only thing in it with weights.

        Args:
            layer: one of Keras's own, built or not, whose float32 output has the shape [batch,
                features] of its float32 input. Repeated, it leads below the limit.
            limit: the largest absolute value that the output may have; must be above 0.
            **kwargs: what the constructor of keras.Model takes, such as name and trainable.
        """
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """`inputs`, of shape [batch, features], after as many steps as they need."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor, kwargs included, in a form that a file can hold."""
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        """A model made of what get_config returned."""
        raise NotImplementedError
