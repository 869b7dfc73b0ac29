"""build says that the gains are trained, whatever the layer was told.

breaks: "act as in every Keras layer"
fails: test_arguments_of_every_layer
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.gain = self.add_weight(name="gain", shape=(input_shape[-1],), initializer="ones")
        self.trainable = True
        self.training_calls = self.add_weight(
            name="training_calls", shape=(), initializer="zeros", dtype="int32", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
