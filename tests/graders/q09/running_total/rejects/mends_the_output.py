"""The total has the NaN, and what is handed on has a 0 in its place.

breaks: "and comes out as it came in"
fails: test_nan_stays_until_reset
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        if inputs.dtype.is_floating:
            return tf.where(tf.math.is_nan(inputs), tf.zeros_like(inputs), inputs)
        return inputs

    def reset(self):
        self.total.assign(0.0)
