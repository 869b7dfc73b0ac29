"""The gate is made in __init__, and the inner layer builds itself in its first call."""

import keras


@keras.utils.register_keras_serializable()
class Gated(keras.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.initializer = keras.initializers.get(initializer)
        self.gate = self.add_weight(shape=(), initializer=self.initializer)
        self.inner = inner

    def call(self, inputs, training=None):
        return keras.ops.multiply(self.inner(inputs, training=training), self.gate)

    def get_config(self):
        return super().get_config() | {
            "inner": keras.layers.serialize(self.inner),
            "initializer": keras.saving.serialize_keras_object(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        inner = keras.layers.deserialize(config["inner"])
        return cls(inner, **{k: v for k, v in config.items() if k != "inner"})
