"""The new count is computed by Python: one assignment of a constant, made while tracing.

breaks: "Each call in training counts once"
fails: test_only_training_counts, test_the_count_is_exact
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.calls = 0
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.calls += 1
            self.training_calls.assign(self.calls)
        return inputs * self.gain
