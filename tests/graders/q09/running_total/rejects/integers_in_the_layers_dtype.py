"""Integers are cast to the dtype that the layer computes in, and that may be a float16.

breaks: "The total is a float32 sum or better, also in a layer of half precision"
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
        numbers = tf.cast(inputs, self.compute_dtype)
        self.total.assign_add(tf.reduce_sum(tf.cast(numbers, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
