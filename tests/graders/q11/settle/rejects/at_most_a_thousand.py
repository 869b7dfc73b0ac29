"""The loop has a generous upper bound, for safety.

breaks: "It may take two thousand steps"
fails: test_thousands_of_steps
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return tf.while_loop(
            cond=lambda x: tf.reduce_max(tf.abs(x)) > self.limit,
            body=lambda x: [self.layer(x)],
            loop_vars=[inputs],
            maximum_iterations=1000,
        )[0]

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
