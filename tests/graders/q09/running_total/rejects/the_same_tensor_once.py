"""A tensor that was counted already is taken for a second look at the same batch.

breaks: "Every call counts"
fails: test_calls_add_up
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )
        self.last = None

    def call(self, inputs):
        if inputs is not self.last:
            self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        self.last = inputs if tf.executing_eagerly() else None
        return inputs

    def reset(self):
        self.total.assign(0.0)
