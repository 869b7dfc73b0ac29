"""The total is put into the config, but the constructor does not take it: load_model fails.

breaks: "`.keras` files have it"
fails: test_a_saved_model_keeps_its_total
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

    def get_config(self):
        return {**super().get_config(), "total": float(self.total)}
