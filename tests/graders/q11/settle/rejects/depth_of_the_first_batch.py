"""The number of steps is counted eagerly, in the first call, and kept.

breaks: "One graph serves all depths"
fails: test_one_graph_serves_all_depths
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit
        self.depth = None

    def build(self, input_shape):
        if not self.layer.built:
            self.layer.build(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        if self.depth is None or tf.executing_eagerly():
            self.depth, x = 0, inputs
            while float(keras.ops.max(keras.ops.abs(x))) > self.limit:
                self.depth, x = self.depth + 1, self.layer(x)
        for _ in range(self.depth):
            inputs = self.layer(inputs)
        return inputs

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
