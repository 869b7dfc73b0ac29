"""The whole layer is made float32, whatever dtype was asked for.

breaks: "`**kwargs` act as in every Keras layer"
fails: test_arguments_of_every_layer
"""

from typing import Any

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "dtype": "float32", "autocast": False})
        self.total = self.add_weight(
            name="total",
            shape=(),
            initializer="zeros",
            dtype="float32",
            trainable=False,
            autocast=False,
        )

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self) -> None:
        self.total.assign(0.0)
