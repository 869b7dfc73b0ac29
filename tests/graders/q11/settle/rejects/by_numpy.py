"""The loop runs in Python, called from the graph: nothing comes back through it.

breaks: "Gradients flow back through every step"
fails: test_gradients_pass_through_every_step
"""

from typing import Any

import keras
import numpy as np
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer: keras.Layer, limit: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit

    def build(self, input_shape):
        if not self.layer.built:
            self.layer.build(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        def settle(x):
            while np.abs(x).max() > self.limit:
                x = self.layer(x).numpy()
            return x

        x = tf.numpy_function(settle, [inputs], tf.float32)
        x.set_shape(inputs.shape)
        return x

    def get_config(self) -> dict[str, Any]:
        layer = keras.saving.serialize_keras_object(self.layer)
        return {**super().get_config(), "layer": layer, "limit": self.limit}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Settle":
        layer = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**{**config, "layer": layer})
