"""The gains are read while tracing, and stand in the graph as they were then.

breaks: "Each call uses its present value"
fails: test_every_feature_has_a_gain, test_keras_knows_both_weights
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(
            name="gain", shape=(input_shape[-1],), initializer="ones", trainable=True
        )
        self.training_calls = self.add_weight(
            name="training_calls", shape=(), initializer="zeros", dtype="int32", trainable=False
        )

    def factor(self):
        with tf.init_scope():
            return self.gain.numpy()

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * tf.cast(tf.constant(self.factor()), self.compute_dtype)
