"""A fixed number of masked steps, as deep as seems enough.

breaks: "One graph serves all depths"
fails: test_it_takes_as_many_steps_as_the_batch_needs, test_one_graph_serves_all_depths, test_thousands_of_steps
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
        x = inputs
        for _ in range(20):
            x = tf.where(tf.reduce_max(tf.abs(x)) > self.limit, self.layer(x), x)
        return x

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
