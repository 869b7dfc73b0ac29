"""Kahan's sum: one weight has the total and what the roundings have lost of it so far."""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._pair = keras.Variable(
            tf.zeros([2]), dtype="float32", trainable=False, autocast=False, name="pair"
        )

    @property
    def total(self):
        return self._pair.value[0]

    def call(self, inputs):
        total, lost = tf.unstack(self._pair.value)
        added = tf.reduce_sum(tf.cast(inputs, tf.float32)) - lost
        new = total + added
        self._pair.assign(tf.stack([new, (new - total) - added]))
        return inputs

    def reset(self):
        self._pair.assign(tf.zeros([2]))
