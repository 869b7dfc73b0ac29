"""A number that is not finite is left out of the total.

breaks: "NaN makes the total NaN"
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
        floats = tf.cast(inputs, tf.float32)
        finite = tf.where(tf.math.is_finite(floats), floats, 0.0)
        self.total.assign_add(tf.reduce_sum(finite))
        return inputs

    def reset(self):
        self.total.assign(0.0)
