"""Keras remembers plain arguments by itself, but a layer is not one.

fails: test_a_config_holds_the_inner_layer, test_keeps_what_the_inner_layer_learned, test_loads_from_its_path_alone
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
