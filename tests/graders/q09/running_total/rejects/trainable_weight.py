"""A weight of the layer, but a trainable one: that is the default of add_weight.

fails: test_the_total_is_not_trained
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(shape=(), initializer="zeros", dtype="float32", autocast=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
