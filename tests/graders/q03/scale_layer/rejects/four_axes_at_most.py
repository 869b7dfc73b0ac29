"""Inputs with two, three and four axes are told apart, and there are no others.

breaks: "The input may have any rank from 2 on"
fails: test_any_rank
"""

import keras
import numpy as np
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")
        self.training_calls = self.add_weight(
            shape=(), initializer="zeros", dtype="int64", trainable=False, name="training_calls"
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        eq = {2: "bf,f->bf", 3: "btf,f->btf", 4: "bhwf,f->bhwf"}[len(inputs.shape)]
        return keras.ops.einsum(eq, inputs, self.gain)
