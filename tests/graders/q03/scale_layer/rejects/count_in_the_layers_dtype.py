"""The count has the dtype of the layer, which in half precision ends at 2048 or 256.

breaks: "The count is exact up to a million"
fails: test_the_count_is_exact
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
        self.training_calls = self.add_weight(
            name="training_calls", shape=(), initializer="zeros", trainable=False
        )

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
