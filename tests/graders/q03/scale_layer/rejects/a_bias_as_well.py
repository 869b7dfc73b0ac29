"""A bias is learned beside the gain, as in layer normalization.

breaks: "The layer has no other weights"
fails: test_keras_knows_both_weights
"""

from typing import Any

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Gain(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.gain = self.add_weight(name="gain", shape=(input_shape[-1],), initializer="ones")
        self.bias = self.add_weight(name="bias", shape=(input_shape[-1],), initializer="zeros")
        self.training_calls = self.add_weight(
            name="training_calls", shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain + self.bias
