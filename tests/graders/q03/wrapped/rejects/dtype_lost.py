"""Of the arguments that every layer takes, dtype is left out.

breaks: "The config has the name, the dtype policy and `trainable`, too"
fails: test_a_config_has_what_every_layer_has
"""

import keras


@keras.saving.register_keras_serializable("q03w")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(shape=(), initializer=self.initializer, name="gate")
        if not self.inner.built:
            self.inner.build(input_shape)

    def call(self, inputs):
        return self.gate * self.inner(inputs)

    def get_config(self):
        return {
            "name": self.name,
            "trainable": self.trainable,
            "inner": keras.layers.serialize(self.inner),
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["inner"] = keras.layers.deserialize(config["inner"])
        config["initializer"] = keras.initializers.get(config["initializer"])
        return cls(**config)
