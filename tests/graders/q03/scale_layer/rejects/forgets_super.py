"""The base class's constructor is not called, so that there is no layer to add a weight to.

breaks: "a trainable weight of shape [features]"
fails: all
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        self.calls = 0

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
