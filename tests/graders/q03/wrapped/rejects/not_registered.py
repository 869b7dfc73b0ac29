"""With get_config and from_config, but Keras does not know the class.

breaks: "`keras.models.load_model(path)` loads all"
fails: test_loads_from_its_path_alone
"""

import keras


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
            "inner": keras.saving.serialize_keras_object(self.inner),
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["inner"] = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**config)
