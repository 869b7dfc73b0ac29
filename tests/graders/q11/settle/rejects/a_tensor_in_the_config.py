"""The limit is kept as a tensor, for the comparison in the graph, and goes into the config as one.

breaks: "The arguments of the constructor, as plain data"
fails: test_a_saved_model_settles_as_before
"""

import keras
import tensorflow as tf


class Settle(keras.Model):
    def __init__(self, layer, limit=1.0, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer
        self.limit = tf.constant(limit)

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
