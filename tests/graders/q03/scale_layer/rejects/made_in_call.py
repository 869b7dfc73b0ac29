"""The weights are made in the first call, and `build` makes none.

fails: test_keras_knows_both_weights
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def __call__(self, inputs, *args, **kwargs):
        if not hasattr(self, "gain"):
            self._make(inputs.shape)
        return super().__call__(inputs, *args, **kwargs)

    def _make(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
