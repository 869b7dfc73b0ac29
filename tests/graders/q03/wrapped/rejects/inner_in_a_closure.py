"""The inner layer is held by a function, where Keras does not look.

fails: test_the_weights_of_both_are_trained, test_keeps_what_the_inner_layer_learned, test_a_config_holds_the_inner_layer, test_loads_from_its_path_alone
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
