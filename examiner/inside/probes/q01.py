"""Probes of q01."""

from __future__ import annotations

import tempfile
from types import ModuleType
from typing import Any

import numpy as np
import tensorflow as tf

from lab import fraud_v1

v1 = tf.compat.v1


def repayments(stub: ModuleType, plans: list[list[int]]) -> list[Any]:
    """Months and balances of each plan: called in eager mode, then by one graph."""

    def both(*plan: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return stub.months_to_repay(*plan), stub.balances(*plan)

    graph = tf.function(both, input_signature=[tf.TensorSpec([], tf.int64)] * 4)
    seen = []
    for call in (both, graph):
        found = [call(*(tf.constant(number, tf.int64) for number in plan)) for plan in plans]
        seen.append([[int(months), owed] for months, owed in found])
    return seen


def scores(
    stub: ModuleType,
    weights: dict[str, np.ndarray[Any, Any]],
    batches: list[np.ndarray[Any, Any]],
) -> list[Any]:
    """The scores of each batch: called with an array, then in one graph."""
    with tempfile.TemporaryDirectory() as folder:
        write_checkpoint(f"{folder}/model", weights)
        scorer = stub.FraudScorer(f"{folder}/model")
    features = weights["scaler/mean"].shape[0]
    graph = tf.function(scorer, input_signature=[tf.TensorSpec([None, features], tf.float32)])
    return [[scorer(batch) for batch in batches], [graph(floats(batch)) for batch in batches]]


def floats(batch: np.ndarray[Any, Any]) -> tf.Tensor:
    return tf.constant(batch, tf.float32)


def write_checkpoint(prefix: str, weights: dict[str, np.ndarray[Any, Any]]) -> None:
    """A checkpoint of the old program, as its training writes one, with these weights."""
    with tf.Graph().as_default():
        fraud_v1.build(*weights["hidden/kernel"].shape)
        variables = v1.global_variables()
        with v1.Session() as session:
            for variable in variables:
                variable.load(weights[variable.op.name], session)
            v1.train.Saver(variables).save(session, prefix, write_meta_graph=False)
