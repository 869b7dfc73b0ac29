"""A running total is taken for one of absolute values.

breaks: "the sum so far"
fails: test_calls_add_up
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
        self.total.assign_add(tf.reduce_sum(tf.abs(tf.cast(inputs, tf.float32))))
        return inputs

    def reset(self):
        self.total.assign(0.0)
