"""The inner layer's config is taken when the outer layer is made, and kept.

breaks: "A frozen inner layer stays frozen"
fails: test_a_frozen_inner_layer
"""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self._inner_config = keras.saving.serialize_keras_object(inner)
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(name="gate", shape=(), initializer=self.initializer)
        if not self.inner.built:
            self.inner.build(input_shape)

    def call(self, inputs):
        return self.gate * self.inner(inputs)

    def compute_output_shape(self, input_shape):
        return self.inner.compute_output_shape(input_shape)

    def get_config(self):
        config = super().get_config()
        config["inner"] = self._inner_config
        config["initializer"] = keras.initializers.serialize(self.initializer)
        return config

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["inner"] = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**config)
