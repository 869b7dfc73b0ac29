"""The count is an int8, which goes on with -128 after 127.

breaks: "The count is exact up to a million"
fails: test_the_count_is_exact
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int8", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
