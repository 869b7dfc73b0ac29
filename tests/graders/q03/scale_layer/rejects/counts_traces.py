"""The new count is computed by Python: one assignment of a constant, made while tracing.

fails: test_only_training_counts
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.calls = 0
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, inputs, training=False):
        if training:
            self.calls += 1
            self.training_calls.assign(self.calls)
        return inputs * self.gain
