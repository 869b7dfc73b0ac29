"""The total is put into the config, which a weights file does not have.

breaks: "`.weights.h5`"
fails: test_a_weights_file_keeps_the_total
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, total=0.0, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.Variable(total, trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)

    def get_config(self):
        return {**super().get_config(), "total": float(self.total)}
