"""The gains are turned into a tensor when the layer is built, and that is what multiplies.

breaks: "Each call uses its present value"
fails: test_any_rank, test_every_feature_has_a_gain, test_keras_knows_both_weights, test_the_first_input_sets_the_width, test_the_policy_sets_the_dtypes
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.factor = self.gain.numpy()
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.factor
