"""A tf.Variable, which Keras does not track: the layer saves and loads it itself."""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.Variable(0.0, trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, self.total.dtype)))
        return inputs

    def reset(self):
        self.total.assign(0.0)

    def save_own_variables(self, store):
        store["total"] = self.total.numpy()

    def load_own_variables(self, store):
        self.total.assign(store["total"][()])
