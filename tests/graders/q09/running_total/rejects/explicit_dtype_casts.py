"""A layer that was given a dtype casts its output to it, integers included.

breaks: "come back as the same integers"
fails: test_integers_are_added
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.casts = "dtype" in kwargs
        self.total = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return tf.cast(inputs, self.compute_dtype) if self.casts else inputs

    def reset(self):
        self.total.assign(0.0)
