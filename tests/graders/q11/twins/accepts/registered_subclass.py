"""A subclass that holds the encoder and puts it into its config."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("q11_twins")
class Twins(keras.Model):
    def __init__(self, encoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder

    def call(self, inputs):
        a, b = inputs
        difference = self.encoder(a) - self.encoder(b)
        squared = tf.reduce_sum(difference * difference, axis=-1, keepdims=True)
        equal = squared < 1e-12
        return tf.where(equal, 0.0, tf.sqrt(tf.where(equal, 1.0, squared)))

    def get_config(self):
        encoder = keras.saving.serialize_keras_object(self.encoder)
        return {**super().get_config(), "encoder": encoder}

    @classmethod
    def from_config(cls, config):
        encoder = keras.saving.deserialize_keras_object(config.pop("encoder"))
        return cls(encoder, **config)


def distance_model(encoder):
    return Twins(encoder)
