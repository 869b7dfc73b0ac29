"""A gate for every feature of the output instead of one for all.

breaks: "The gate comes first among `trainable_weights`"
fails: test_a_config_has_no_weights, test_a_frozen_inner_layer, test_loads_from_its_path_alone, test_the_weights_of_both_are_trained
"""

import keras


@keras.saving.register_keras_serializable(package="q03")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(
            shape=(getattr(self.inner, "units", 1),), initializer=self.initializer
        )
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
