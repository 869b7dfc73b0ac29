"""Every call counts, in training or not.

breaks: "No other call counts"
fails: test_only_training_counts
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs):
        self.training_calls.assign_add(1)
        return inputs * self.gain
