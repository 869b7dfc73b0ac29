"""The sum is the mean times the number of elements: of an empty batch, NaN times 0.

breaks: "`inputs` may be a scalar, or empty"
fails: test_any_shape
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
        inputs_32 = tf.cast(inputs, tf.float32)
        size = tf.cast(tf.size(inputs), tf.float32)
        self.total.assign_add(tf.reduce_mean(inputs_32) * size)
        return inputs

    def reset(self):
        self.total.assign(0.0)
