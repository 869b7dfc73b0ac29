"""A running total is taken for the cumulative sum of the input, which is then handed on.

breaks: "The `inputs`"
fails: test_the_input_is_handed_on, test_integers_are_added, test_any_shape, test_the_total_is_computed_in_float32, test_nan_stays_until_reset
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
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return tf.cumsum(inputs, axis=-1)

    def reset(self):
        self.total.assign(0.0)
