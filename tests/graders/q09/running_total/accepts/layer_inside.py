"""A float32 layer inside does the adding, in float64; `total` reads its weight."""

import keras
import tensorflow as tf


class Sum(keras.layers.Layer):
    def __init__(self):
        super().__init__(dtype="float32", autocast=False, trainable=False)
        self.value = self.add_weight(
            shape=(), initializer="zeros", dtype="float64", trainable=False, autocast=False
        )

    def call(self, inputs):
        elements = tf.reshape(tf.cast(inputs, tf.float64), [-1])
        self.value.assign_add(tf.tensordot(elements, tf.ones_like(elements), axes=1))
        return inputs


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sum = Sum()

    @property
    def total(self):
        return tf.identity(self.sum.value)

    def call(self, inputs):
        self.sum(inputs)
        return inputs

    def reset(self):
        self.sum.value.assign(0)
