"""What was cast for the sum is cast back and handed on: a float32 does not have every integer.

breaks: "come back as the same integers"
fails: test_integers_are_added
"""

from typing import Any

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.total = self.add_weight(
            name="total",
            shape=(),
            initializer="zeros",
            dtype="float32",
            trainable=False,
            autocast=False,
        )

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        x = tf.cast(inputs, tf.float32)
        self.total.assign_add(tf.reduce_sum(x))
        return tf.cast(x, inputs.dtype)

    def reset(self) -> None:
        self.total.assign(0.0)
