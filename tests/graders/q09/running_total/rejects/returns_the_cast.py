"""The input is cast for the sum, and the cast is handed on.

breaks: "come back as the same integers"
fails: test_integers_are_added, test_the_total_is_computed_in_float32
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
        inputs = tf.cast(inputs, tf.float32)
        self.total.assign_add(tf.reduce_sum(inputs))
        return inputs

    def reset(self):
        self.total.assign(0.0)
