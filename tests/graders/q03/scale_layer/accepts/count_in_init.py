"""The count needs no shape and is made in __init__; the rest is TensorFlow's."""

import tensorflow as tf


class Gain(tf.keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.training_calls = self.add_weight(
            shape=(), dtype="int32", initializer="zeros", trainable=False
        )

    def build(self, input_shape):
        self.gain = self.add_weight(
            shape=input_shape[-1:], initializer=tf.keras.initializers.Ones()
        )
        self.built = True

    def call(self, inputs, training=None):
        self.training_calls.assign_add(tf.cast(bool(training), tf.int32))
        return tf.multiply(self.gain, inputs)
