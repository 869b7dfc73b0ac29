"""A network whose depth depends on its input."""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    """Apply a layer again and again, until the numbers have settled down.

    >>> model = Settle(keras.layers.Rescaling(0.5), limit=1.0)
    >>> model(tf.constant([[8.0, -3.0]])).numpy().tolist()
    [[1.0, -0.375]]

    The layer is one of Keras's own, from [batch, features] to the same shape. Applied often enough,
    it brings all values below the limit. The model need not work under XLA.

    - One graph serves all depths, in `predict` and in a tf.function.
    - Gradients flow back through every step.
    - The weights of the model are those of the layer.
    - Saved as `.keras` and loaded, it gives the same outputs.

    `load_model` is told of Settle by `custom_objects`.

    Beyond the idea:
        - It may take two thousand steps.
        - The weights are there after the first call, even if it took no step.
        - A layer that is built keeps its weights.
        - In each call, the layer is in training if the model is.
        - `**kwargs` are what every keras.Model takes: name, trainable, dtype.
        - The config has them, too.
    """

    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Take as many steps as the batch needs.

        Returns:
            The `inputs` after steps that apply the layer to the whole batch.
            Steps are taken only while some absolute value in the batch is above the limit.
            A value at the limit is not above it.
        """
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """Describe the model, for a file.

        Returns:
            The arguments of the constructor, as plain data.
        """
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        """Make a model of such a config."""
        raise NotImplementedError
