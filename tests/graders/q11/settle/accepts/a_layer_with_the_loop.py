"""The loop is written with tf.function in a function of its own; the constructor takes a config."""

import keras
import tensorflow as tf


@tf.autograph.experimental.do_not_convert
def above(x, limit):
    return tf.greater(tf.norm(x, ord=float("inf")), limit)


class Settle(keras.Model):
    def __init__(self, layer, limit=1.0, **kwargs):
        super().__init__(**kwargs)
        if isinstance(layer, dict):
            layer = keras.saving.deserialize_keras_object(layer)
        self.layer = layer
        self.limit = limit

    def call(self, inputs):
        @tf.function
        def settle(x):
            while above(x, self.limit):
                x = self.layer(x)
            return x

        if not self.layer.built:
            self.layer.build(inputs.shape)
        return settle(inputs)

    def get_config(self):
        return {
            **super().get_config(),
            "layer": keras.saving.serialize_keras_object(self.layer),
            "limit": self.limit,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**config)
