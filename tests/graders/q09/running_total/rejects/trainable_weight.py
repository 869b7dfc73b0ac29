"""The total is a trainable weight of the layer: that is the default of add_weight.

breaks: "neither trained nor watched by a gradient tape"
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
