"""The loop is a compiled method, traced with the training flag of its first call.

breaks: "In each call, the layer is in training if the model is"
fails: test_the_layer_is_in_training_if_the_model_is
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
        if not self.layer.built:
            self.layer.build(input_shape)

    @tf.function(reduce_retracing=True)
    def settle(self, x):
        while tf.reduce_max(tf.abs(x)) > self.limit:
            x = self.layer(x)
        return x

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return self.settle(inputs)

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
