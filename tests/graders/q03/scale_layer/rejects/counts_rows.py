"""The count goes up by the rows of the batch.

fails: test_only_training_counts, test_two_layers_share_nothing
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(tf.cast(tf.shape(inputs)[0], tf.float32))
        return inputs * self.gain
