"""`call` is a tf.function, in which AutoGraph turns the Python loop into one of the graph."""

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
        of_every_model = dict(name=self.name, trainable=self.trainable)
        policy = self.dtype_policy.name
        return dict(layer=step, limit=self.limit, dtype=policy, **of_every_model)

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["layer"] = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**config)
