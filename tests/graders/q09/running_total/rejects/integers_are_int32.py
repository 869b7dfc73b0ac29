"""Every integer is taken for an int32, and cast to one.

breaks: "come back as the same integers"
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
        if inputs.dtype.is_integer:
            inputs = tf.cast(inputs, tf.int32)
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
