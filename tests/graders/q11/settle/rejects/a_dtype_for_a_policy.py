"""The config has the dtype of the weights, and a policy may be more than that.

breaks: "The config has them, too"
fails: test_what_every_model_takes
"""

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer, limit=1.0, **kwargs):
        super().__init__(**kwargs)
        self.step = layer
        self.limit = limit

    def build(self, input_shape):
        if not self.step.weights:
            self.step.build(input_shape)

    @tf.function
    def call(self, inputs, training=None):  # one trace for each flag
        x = inputs
        while tf.reduce_any(tf.abs(x) > self.limit):
            x = self.step(x)
        return x

    def get_config(self):
        step = keras.saving.serialize_keras_object(self.step)
        of_every_model = dict(name=self.name, trainable=self.trainable, dtype=self.dtype)
        return dict(layer=step, limit=self.limit, **of_every_model)

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["layer"] = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**config)
