"""Probes of q03."""

from __future__ import annotations

import tempfile
from types import ModuleType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

Array = np.ndarray[Any, Any]


def of_shape(weights: list[Any], shape: tuple[int, ...]) -> Any:
    """The one of the weights that has this shape."""
    (weight,) = (each for each in weights if tuple(each.shape) == shape)
    return weight


def probabilities(
    stub: ModuleType, users: Array, products: Array, pairs: list[list[Array]]
) -> list[Any]:
    """The number of weights; the probabilities of each of the pairs; the first again, reloaded."""
    layer = stub.Affinity(len(users), len(products), users.shape[1])
    inputs = [keras.Input([1], dtype="int32") for _ in range(2)]
    model = keras.Model(inputs, layer(inputs))
    for table in (users, products):
        of_shape(layer.weights, table.shape).assign(table)
    seen = [layer([tf.constant(user), tf.constant(product)]) for user, product in pairs]
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.keras")
        loaded = keras.models.load_model(f"{folder}/model.keras")
    again = loaded([tf.constant(ids) for ids in pairs[0]])
    return [len(layer.weights), *seen, again]


def two_steps(
    stub: ModuleType,
    users: Array,
    products: Array,
    learning_rate: float,
    batch: list[Array],
    asked: list[int],
) -> list[Any]:
    """Both tables after two steps of training with the batch, and some users' favourites then."""
    model = stub.build_recommender(len(users), len(products), users.shape[1], learning_rate)
    tables = [of_shape(model.weights, table.shape) for table in (users, products)]
    for variable, table in zip(tables, (users, products), strict=True):
        variable.assign(table)
    user, product, bought = batch
    for _ in range(2):
        model.train_on_batch({"user": user, "product": product}, bought[:, None])
    count = len(products)
    best = [stub.best_products(model, user, count, count - 1) for user in asked]
    return [*(tf.convert_to_tensor(table) for table in tables), best]
