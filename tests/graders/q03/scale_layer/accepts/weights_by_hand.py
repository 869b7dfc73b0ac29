"""Weights made by hand, held in a dict, read through properties; the flag is added as a number."""

import keras
from keras import ops


class Gain(keras.Layer):
    def build(self, input_shape):
        *_, features = input_shape
        self.state = {
            "gain": keras.Variable(ops.ones([features]), dtype=self.variable_dtype),
            "calls": keras.Variable(0, dtype="int64", trainable=False),
        }

    @property
    def gain(self):
        return self.state["gain"]

    @property
    def training_calls(self):
        return self.state["calls"].value

    def call(self, inputs, training=False):
        self.state["calls"].assign(self.state["calls"] + ops.cast(training, "int64"))
        return ops.einsum("...f,f->...f", inputs, self.gain)
