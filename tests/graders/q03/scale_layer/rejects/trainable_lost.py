"""Of the arguments that every layer takes, trainable is left out.

breaks: "`**kwargs` act as in every Keras layer"
fails: test_arguments_of_every_layer
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(name=kwargs.get("name"), dtype=kwargs.get("dtype"))

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
