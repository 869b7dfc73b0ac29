"""The class of the inner layer is looked up in keras.layers.

breaks: "a registered layer of somebody else"
fails: test_any_inner_layer
"""

import keras


def _make(spec):
    cls = Gated if spec["class_name"] == "Gated" else getattr(keras.layers, spec["class_name"])
    return cls.from_config(spec["config"])


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
            **super().get_config(),
            "inner": {"class_name": type(self.inner).__name__, "config": self.inner.get_config()},
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        config["inner"] = _make(config["inner"])
        config["initializer"] = keras.initializers.get(config["initializer"])
        return cls(**config)
