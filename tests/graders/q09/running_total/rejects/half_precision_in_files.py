"""To keep files small, the total is saved in half precision.

breaks: "with all its digits"
fails: test_a_weights_file_keeps_the_total
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
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)

    def save_own_variables(self, store):
        store["total"] = tf.cast(self.total.value, tf.float16).numpy()

    def load_own_variables(self, store):
        self.total.assign(store["total"][()])
