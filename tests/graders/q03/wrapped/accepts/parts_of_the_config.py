"""The inner layer's class and config by hand, as keys of their own."""

import keras
import tensorflow as tf


class Gated(tf.keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner, self.initializer = inner, tf.keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(name="gate", shape=[], initializer=self.initializer)
        with keras.name_scope(self.inner.name):
            self.inner.built or self.inner.build(input_shape)

    def call(self, inputs):
        return tf.math.scalar_mul(self.gate, self.inner(inputs))

    def get_config(self):
        config = super().get_config()
        kind = type(self.inner)
        config["inner_class"] = keras.saving.get_registered_name(kind)
        config["inner_config"] = self.inner.get_config()
        config["initializer"] = tf.keras.initializers.serialize(self.initializer)
        return config

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        name, inner = config.pop("inner_class"), config.pop("inner_config")
        kind = keras.saving.get_registered_object(name) or getattr(keras.layers, name)
        return cls(kind.from_config(inner), **config)


keras.saving.get_custom_objects()["Gated"] = Gated
