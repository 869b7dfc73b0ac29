"""The config has the width of the kernel, which a layer that was never called does not have.

breaks: "It can be asked for before the first call"
fails: test_a_config_describes_both_layers, test_a_config_has_what_every_layer_has, test_a_frozen_inner_layer, test_any_inner_layer, test_loads_from_its_path_alone, test_the_config_is_not_changed
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

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "build_width": int(self.inner.weights[0].shape[0]),
            "inner": keras.saving.serialize_keras_object(self.inner),
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Gated":
        config = {k: v for k, v in config.items() if k != "build_width"}
        inner = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**{**config, "inner": inner})
