"""The first call is thought to be there for building, and does not count.

breaks: "Each call in training counts once"
fails: test_arguments_of_every_layer, test_only_training_counts
"""

import keras


class Gain(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seen = False

    def build(self, input_shape):
        self.gain = self.add_weight(
            name="gain", shape=(input_shape[-1],), initializer="ones", trainable=True
        )
        self.training_calls = self.add_weight(
            name="training_calls", shape=(), initializer="zeros", dtype="int32", trainable=False
        )

    def call(self, inputs, training=False):
        if training and self.seen:
            self.training_calls.assign_add(1)
        self.seen = True
        return inputs * self.gain
