"""The count is a weight, and nobody said that it is not to be trained.

breaks: "is not trained"
fails: test_keras_knows_both_weights
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(shape=(), dtype="int64", initializer="zeros")

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
