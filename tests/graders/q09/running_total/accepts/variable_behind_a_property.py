"""A keras.Variable made by hand; `total` is a property that reads it."""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._sum = keras.Variable(
            0.0, dtype="float32", trainable=False, autocast=False, name="sum"
        )

    @property
    def total(self):
        return tf.identity(self._sum)

    def call(self, inputs):
        self._sum.value.assign_add(tf.math.reduce_sum(tf.cast(inputs, "float32")))
        return inputs

    def reset(self):
        self._sum.assign(0)
