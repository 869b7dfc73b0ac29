"""The count goes up by the rows of the batch.

breaks: "Each call in training counts once"
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

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(tf.cast(tf.shape(inputs)[0], tf.int64))
        return inputs * self.gain
