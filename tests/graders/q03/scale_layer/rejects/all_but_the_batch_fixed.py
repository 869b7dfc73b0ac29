"""The first input fixes all axes but the first.

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
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

        self.axes = len(input_shape)

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return (
            inputs * keras.ops.reshape(self.gain, (1,) * (self.axes - 1) + (-1,))
            if len(inputs.shape) == self.axes
            else keras.ops.zeros_like(inputs)
        )
