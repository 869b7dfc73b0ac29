"""There is nothing to build but the layer, and the first step will do that.

breaks: "The weights are there after the first call, even if it took no step"
fails: test_the_first_call_builds_the_layer
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit

    def build(self, input_shape):
        self.built = True

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return tf.while_loop(
            cond=lambda x: tf.reduce_max(tf.abs(x)) > self.limit,
            body=lambda x: [self.layer(x)],
            loop_vars=[inputs],
        )[0]

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
