"""compute_output_shape says that the shape stays, which holds for some inner layers only.

breaks: "A model's next layer gets the right shape"
fails: test_the_next_layer_fits
"""

from typing import Any

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Gated(keras.layers.Layer):
    def __init__(
        self,
        inner: keras.layers.Layer,
        initializer: str | keras.initializers.Initializer = "ones",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.inner = inner
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.gate = self.add_weight(name="gate", shape=(), initializer=self.initializer)
        if not self.inner.built:
            self.inner.build(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return self.gate * self.inner(inputs)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "inner": keras.saving.serialize_keras_object(self.inner),
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Gated":
        inner = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**{**config, "inner": inner})
