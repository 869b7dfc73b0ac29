"""The gain is a tf.Variable: it is neither trained nor cast for the call.

breaks: "a trainable weight of shape [features]"
fails: test_keras_knows_both_weights, test_the_count_is_exact, test_the_policy_sets_the_dtypes
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = tf.Variable(tf.ones([input_shape[-1]]))
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
