"""A reset notes in Python where to count from, and no file has that note.

breaks: "A model's `.weights.h5` and `.keras` files have it"
fails: test_a_weights_file_keeps_the_total, test_nan_stays_until_reset
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.start = 0.0
        self.sum = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )

    def call(self, inputs):
        self.sum.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.start = float(self.sum)

    @property
    def total(self):
        return self.sum - self.start
