"""The elements are summed in float16, and only the sum is cast.

fails: test_half_precision_does_not_reach_the_total
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
        self.total.assign_add(tf.cast(tf.reduce_sum(inputs), tf.float32))
        return inputs

    def reset(self):
        self.total.assign(0.0)
