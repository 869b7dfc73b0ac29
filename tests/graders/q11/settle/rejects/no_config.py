"""Keras is left to find out what the constructor takes.

breaks: "Saved as `.keras` and loaded, it gives the same outputs"
fails: test_a_saved_model_settles_as_before, test_what_every_model_takes
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
        return super().get_config()

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
