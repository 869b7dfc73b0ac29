"""The constructor makes a layer of a config itself, so from_config can stay Keras's."""

import keras


@keras.saving.register_keras_serializable("gated", "gate_behind")
class Gated(keras.layers.Layer):
    def __init__(self, inner, initializer="ones", **kwargs):
        super().__init__(**kwargs)
        if isinstance(inner, dict):
            inner = keras.saving.deserialize_keras_object(inner)
        self.start = initializer
        self.inner = inner

    def build(self, input_shape):
        self.gate = keras.Variable(
            self.start if callable(self.start) else keras.initializers.get(self.start), shape=()
        )
        super().build(input_shape)

    def call(self, inputs):
        outputs = self.inner(inputs)
        return outputs * keras.ops.cast(self.gate, outputs.dtype)

    def get_config(self):
        config = super().get_config()
        config["inner"] = keras.saving.serialize_keras_object(self.inner)
        config["initializer"] = self.start
        return config
