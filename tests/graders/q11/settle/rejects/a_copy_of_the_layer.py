"""So that the caller's layer is left alone, the model makes its own from the config.

breaks: "The weights of the model are those of the layer"
fails: test_the_weights_are_the_layers
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = type(layer).from_config(layer.get_config())
        if layer.built:
            self.layer.build_from_config(layer.get_build_config())
            self.layer.set_weights(layer.get_weights())
        self.limit = limit

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
