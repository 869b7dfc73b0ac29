"""Every input is taken for a batch, which a scalar is not.

breaks: "`inputs` may be a scalar, or empty"
fails: test_any_shape
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
        rows = tf.reshape(tf.cast(inputs, tf.float32), [tf.shape(inputs)[0], -1])
        self.total.assign_add(tf.reduce_sum(rows))
        return inputs

    def reset(self):
        self.total.assign(0.0)
