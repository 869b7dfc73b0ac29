"""The layer is called through a function, where Keras does not look for it.

breaks: "The weights of the model are those of the layer"
fails: test_a_saved_model_settles_as_before, test_gradients_pass_through_every_step, test_the_first_call_builds_the_layer, test_the_weights_are_the_layers
"""

from typing import Any

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.apply = lambda x: layer(x)
        self.config = keras.saving.serialize_keras_object(layer)
        self.limit = limit

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return tf.while_loop(
            cond=lambda x: tf.reduce_max(tf.abs(x)) > self.limit,
            body=lambda x: [self.apply(x)],
            loop_vars=[inputs],
        )[0]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "layer": self.config, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
