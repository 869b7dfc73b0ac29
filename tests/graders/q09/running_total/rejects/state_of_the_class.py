"""The variable is an attribute of the class, shared by all layers; each new one sets it to 0.

breaks: "Two layers keep two totals"
fails: test_two_layers_keep_two_totals
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    TOTAL = keras.Variable(0.0, dtype="float32", trainable=False, autocast=False)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.TOTAL
        self.reset()

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
