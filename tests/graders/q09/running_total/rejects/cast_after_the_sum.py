"""The elements are summed in float16, and only the sum is cast.

breaks: "also in a layer of half precision"
fails: test_the_total_is_computed_in_float32, test_integers_are_added
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
