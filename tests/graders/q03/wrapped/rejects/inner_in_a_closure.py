"""The inner layer is held by a function, where Keras does not look.

breaks: "The gate and the inner layer are trained"
fails: test_a_config_describes_both_layers, test_a_config_has_no_weights, test_a_config_has_what_every_layer_has, test_a_frozen_inner_layer, test_any_inner_layer, test_keeps_what_the_inner_layer_learned, test_loads_from_its_path_alone, test_the_config_is_not_changed, test_the_weights_of_both_are_trained
"""

import keras


@keras.saving.register_keras_serializable(package="q03")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.run = lambda x: inner(x)
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.gate = self.add_weight(shape=(), initializer=self.initializer)

    def call(self, inputs):
        return self.gate * self.run(inputs)

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
