"""The gains are made in the dtype of the computation, so mixed precision keeps them in float16.

breaks: "the gains have its variable dtype"
fails: test_the_policy_sets_the_dtypes
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(
            shape=(input_shape[-1],), initializer="ones", dtype=self.compute_dtype
        )
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
