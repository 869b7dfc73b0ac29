"""The config holds the layer itself; only what comes from a file is turned into a layer.

breaks: "It has an inner layer of its own"
fails: test_a_config_describes_both_layers
"""

import keras


@keras.saving.register_keras_serializable(package="q03")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(shape=(), initializer=self.initializer)
        if not self.inner.built:
            self.inner.build(input_shape)

    def call(self, inputs):
        return self.gate * self.inner(inputs)

    def get_config(self):
        return {
            **super().get_config(),
            "inner": self.inner,
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        if isinstance(config["inner"], dict):
            config["inner"] = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**config)
