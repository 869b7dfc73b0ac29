"""Has a weight of its own, for the number of steps.

breaks: "The weights of the model are those of the layer"
fails: test_the_weights_are_the_layers
"""

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer, limit=1.0, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = limit
        self.steps = self.add_weight(shape=(), dtype="int64", initializer="zeros", trainable=False)

    def build(self, input_shape):
        if not self.layer.built:
            self.layer.build(input_shape)
        self.built = True

    def call(self, inputs):
        def unsettled(x):
            return tf.reduce_any(tf.abs(x) > self.limit)

        def step(x):
            return [tf.cast(self.layer(x), x.dtype)]

        return tf.while_loop(unsettled, step, [inputs])[0]

    def get_config(self):
        return {
            **super().get_config(),
            "layer": keras.saving.serialize_keras_object(self.layer),
            "limit": self.limit,
        }

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["layer"] = keras.saving.deserialize_keras_object(config["layer"])
        return cls(**config)
