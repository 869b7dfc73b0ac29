"""Integers are handed on as they came; floating-point numbers in the dtype of the total.

breaks: "The `inputs`"
fails: test_the_total_is_computed_in_float32
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
        floats = tf.cast(inputs, tf.float32)
        self.total.assign_add(tf.reduce_sum(floats))
        return inputs if inputs.dtype.is_integer else floats

    def reset(self):
        self.total.assign(0.0)
