"""Half precision is cast first, but integers are summed as they come, and overflow.

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
        added = tf.cast(inputs, tf.float32) if inputs.dtype.is_floating else inputs
        self.total.assign_add(tf.cast(tf.reduce_sum(added), tf.float32))
        return inputs

    def reset(self):
        self.total.assign(0.0)
