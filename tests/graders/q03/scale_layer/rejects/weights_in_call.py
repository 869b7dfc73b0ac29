"""The width is known in call, so the weights are made there, at the first call.

breaks: "a trainable weight of shape [features]"
fails: all
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def call(self, inputs, training=False):
        if not hasattr(self, "gain"):
            self.gain = self.add_weight(shape=(inputs.shape[-1],), initializer="ones")
            self.training_calls = self.add_weight(
                shape=(), dtype="int64", initializer="zeros", trainable=False
            )
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
