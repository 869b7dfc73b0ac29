"""The first input fixes the number of axes.

breaks: "The rank may change from call to call"
fails: test_any_rank
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.input_spec = keras.layers.InputSpec(shape=(None,) + tuple(input_shape[1:]))
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
