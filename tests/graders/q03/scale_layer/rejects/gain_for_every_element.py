"""All axes but the batch have gains, where only the last one should: for a matrix, the same.

breaks: "a trainable weight of shape [features]"
fails: test_any_rank, test_the_first_input_sets_the_width
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=input_shape[1:], initializer="ones")
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
