"""The inner layer builds itself, and from_config changes the config that it is given."""

import keras


@keras.saving.register_keras_serializable()
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.initializer = keras.initializers.get(initializer)
        self.gate = self.add_weight(name="gate", shape=(), initializer=self.initializer)

    def call(self, inputs):
        return self.gate * self.inner(inputs)

    def get_config(self):
        config = super().get_config()
        config["inner"] = keras.saving.serialize_keras_object(self.inner)
        config["initializer"] = keras.initializers.serialize(self.initializer)
        return config

    @classmethod
    def from_config(cls, config):
        config["inner"] = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**config)
