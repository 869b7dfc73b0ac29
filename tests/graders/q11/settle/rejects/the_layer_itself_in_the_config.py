"""The config holds the layer as it is, and the constructor gets what comes back.

breaks: "Saved as `.keras` and loaded, it gives the same outputs"
fails: test_a_saved_model_settles_as_before
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
        )[0]

    def get_config(self) -> dict[str, Any]:
        layer = self.layer
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        return cls(**config)
