"""A total of NaN is taken for one that was never set.

breaks: "NaN makes the total NaN, until `reset`"
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
        now = tf.convert_to_tensor(self.total)
        now = tf.where(tf.math.is_finite(now), now, 0.0)
        self.total.assign(now + tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
