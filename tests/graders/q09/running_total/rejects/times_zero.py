"""The total is reset by a product with 0, which leaves NaN of an infinite one.

breaks: "until `reset`"
fails: test_nan_stays_until_reset
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
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self) -> None:
        self.total.assign(0.0 if tf.math.is_nan(self.total.value) else 0.0 * self.total)
