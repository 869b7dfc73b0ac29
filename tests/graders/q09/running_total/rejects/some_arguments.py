"""Of what the base class takes, name and dtype are handed on.

fails: test_two_layers_keep_two_totals
"""

from typing import Any

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(name=kwargs.get("name"), dtype=kwargs.get("dtype"))
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
