"""The count is an attribute of the class, which each new layer sets to 0.

breaks: "Every layer has gains and a count of its own"
fails: test_two_layers_share_nothing
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    CALLS = keras.Variable(0, dtype="int64", trainable=False)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.CALLS
        self.training_calls.assign(0)

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
