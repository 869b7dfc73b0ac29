"""The inner layer is serialized, and nobody makes a layer of it again.

breaks: "It has an inner layer of its own"
fails: test_a_config_describes_both_layers, test_a_config_has_no_weights, test_a_frozen_inner_layer, test_any_inner_layer, test_loads_from_its_path_alone
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
            "inner": keras.saving.serialize_keras_object(self.inner),
            "initializer": keras.initializers.serialize(self.initializer),
        }
