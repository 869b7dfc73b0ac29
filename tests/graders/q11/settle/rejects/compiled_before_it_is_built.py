"""`call` is a tf.function, and makes the layer's weights while it is traced.

breaks: "Gradients flow back through every step"
fails: test_a_saved_model_settles_as_before, test_gradients_pass_through_every_step, test_the_layer_is_in_training_if_the_model_is
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit

    @tf.function
    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        x = inputs
        while tf.reduce_max(tf.abs(x)) > self.limit:
            x = self.layer(x)
        return x

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
