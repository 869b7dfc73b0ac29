"""The count is a Python number, which counts eager calls and traces, and is no weight.

breaks: "Each call in training counts once"
fails: test_keras_knows_both_weights, test_only_training_counts, test_the_count_is_exact
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = 0

    def call(self, inputs, training=False):
        if training:
            self.training_calls += 1
        return inputs * self.gain
