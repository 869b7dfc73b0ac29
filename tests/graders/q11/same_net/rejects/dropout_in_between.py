"""Dropout between the layers, against overfitting: it has no weights, and is seen in training only.

breaks: "all give the same probabilities, also in training"
fails: test_all_three_compute_the_same
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf
from keras.layers import Dense


def sequential_net(features: int, hidden: Sequence[int], classes: int) -> keras.Sequential:
    return keras.Sequential(
        [
            keras.Input([features]),
            *(Dense(units, activation="relu") for units in hidden),
            Dense(classes, activation="softmax"),
        ]
    )


def functional_net(features: int, hidden: Sequence[int], classes: int) -> keras.Model:
    x = inputs = keras.Input([features])
    for units in hidden:
        x = keras.layers.Dropout(0.2, seed=1)(Dense(units, activation="relu")(x))
    return keras.Model(inputs, Dense(classes, activation="softmax")(x))


class SubclassNet(keras.Model):
    def __init__(self, features: int, hidden: Sequence[int], classes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.features, self.hidden, self.classes = features, list(hidden), classes
        self.hidden_layers = [Dense(units, activation="relu") for units in hidden]
        self.head = Dense(classes, activation="softmax")
        self.build([None, features])

    def build(self, input_shape: Sequence[int | None]) -> None:
        for layer in [*self.hidden_layers, self.head]:
            layer.build(input_shape)
            input_shape = layer.compute_output_shape(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        x = inputs
        for layer in self.hidden_layers:
            x = layer(x)
        return self.head(x)

    def get_config(self) -> dict[str, Any]:
        own = {"features": self.features, "hidden": list(self.hidden), "classes": self.classes}
        return {**super().get_config(), **own}
