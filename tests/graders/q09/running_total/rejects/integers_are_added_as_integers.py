"""Half precision is cast first, but integers are summed as they come, and overflow.

breaks: "`inputs` may be integers"
fails: test_integers_are_added
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
