"""Each row takes the steps that it needs, and no more.

breaks: "apply the layer to the whole batch"
fails: test_it_takes_as_many_steps_as_the_batch_needs, test_one_graph_serves_all_depths, test_the_layer_is_in_training_if_the_model_is
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
        def step(x):
            above = tf.reduce_max(tf.abs(x), axis=1, keepdims=True) > self.limit
            return [tf.where(above, self.layer(x), x)]

        return tf.while_loop(
            cond=lambda x: tf.reduce_max(tf.abs(x)) > self.limit,
            body=step,
            loop_vars=[inputs],
        )[0]

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
