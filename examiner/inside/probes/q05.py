"""Probes of q05."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
from keras.layers import BatchNormalization, Dense

Array = np.ndarray[Any, Any]


def heads(
    stub: ModuleType,
    trunk: list[Array],
    old_head: list[Array],
    fresh: list[Array],
    x: Array,
    y: Array,
    learning_rate: float,
) -> list[Any]:
    """Trunk and outputs of a model with a new head, frozen and not; both layers once trained."""
    features, units = trunk[0].shape

    def build(classes: int) -> keras.Model:
        layers = [keras.Input([features]), Dense(units, activation="relu"), BatchNormalization()]
        body, head = keras.Sequential(layers, name="trunk"), Dense(classes, name="head")
        model = keras.Sequential([keras.Input([features]), body, head])
        if classes == fresh[0].shape[1]:
            head.set_weights(fresh)
        return model

    classes, new_classes = (head[0].shape[1] for head in (old_head, fresh))
    model = build(classes)
    for name, weights in (("trunk", trunk), ("head", old_head)):
        model.get_layer(name).set_weights(weights)
    seen: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.weights.h5")
        stub.save_weights_only(model, path)
        for freeze in (False, True):
            answer = stub.new_head(path, build, classes, new_classes, freeze=freeze)
            seen += [answer.get_layer("trunk").get_weights(), answer(x, training=False)]
    answer.compile(keras.optimizers.SGD(learning_rate), "mse", run_eagerly=True)
    answer.train_on_batch(x, y)
    return [*seen, *(answer.get_layer(name).get_weights() for name in ("trunk", "head"))]
