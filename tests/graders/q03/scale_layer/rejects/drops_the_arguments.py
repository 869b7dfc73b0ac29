"""The arguments of every layer are taken and not handed on.

breaks: "`**kwargs` act as in every Keras layer"
fails: test_arguments_of_every_layer, test_the_policy_sets_the_dtypes
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__()

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = self.add_weight(
            shape=(), dtype="int64", initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
