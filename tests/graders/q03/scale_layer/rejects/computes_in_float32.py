"""To be safe, the layer casts to float32, against its own dtype policy.

breaks: "The output has the compute dtype of the layer"
fails: test_the_policy_sets_the_dtypes
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
            self.training_calls.assign_add(1)
        return tf.cast(inputs, tf.float32) * tf.cast(self.gain, tf.float32)
