"""Probes of q11."""

from __future__ import annotations

import tempfile
from types import ModuleType
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense

Array = np.ndarray[Any, Any]


def distances(stub: ModuleType, weights: list[list[Array]], pairs: list[list[Array]]) -> list[Any]:
    """The distances of each pair, with other weights in the encoder; the last again, reloaded."""
    first, _, second, _ = weights[0]
    sizes = keras.Input([len(first)]), Dense(len(second), activation="relu")
    encoder = keras.Sequential([*sizes, Dense(second.shape[1])])
    model = stub.distance_model(encoder)
    seen = []
    for each, pair in zip(weights, pairs, strict=True):
        encoder.set_weights(each)
        seen.append(model([tf.constant(batch) for batch in pair]))
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.keras")
        loaded = keras.models.load_model(f"{folder}/model.keras")
    return [*seen, loaded([tf.constant(batch) for batch in pairs[-1]])]


def settled(stub: ModuleType, kernel: Array, limit: float, batches: list[Array]) -> list[Any]:
    """What each batch becomes: called in eager mode, then in one graph."""
    layer = Dense(len(kernel), use_bias=False)
    layer.build([None, len(kernel)])
    layer.set_weights([kernel])
    model = stub.Settle(layer, limit)
    eager = [model(tf.constant(batch)) for batch in batches]
    graph = tf.function(model, input_signature=[tf.TensorSpec([None, len(kernel)], tf.float32)])
    return [eager, [graph(tf.constant(batch)) for batch in batches]]
