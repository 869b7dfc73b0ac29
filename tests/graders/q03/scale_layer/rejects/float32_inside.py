"""The layer computes in float32 and casts the result.

breaks: "The output has the compute dtype of the layer"
fails: test_the_policy_sets_the_dtypes
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return tf.cast(
            tf.cast(inputs, "float32") * tf.cast(self.gain, "float32"), self.compute_dtype
        )
