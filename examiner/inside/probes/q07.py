"""Probes of q07."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lab.serving.messages import BatchingParameters, ModelServerConfig, read

Array = np.ndarray[Any, Any]


def configurations(
    stub: ModuleType, models: list[Any], batching: list[dict[str, Any]]
) -> list[list[Any]]:
    """What a server reads from the files with the models, and from those about batching."""
    of_models = []
    for arguments in models:
        text = stub.models_config(*arguments)
        (model,) = read(text, ModelServerConfig).model_config_list.config
        versions = sorted(model.model_version_policy.specific.versions)
        labels = dict(model.version_labels)
        of_models.append([model.name, model.base_path, model.model_platform, versions, labels])
    of_batching = []
    for options in batching:
        found = read(stub.batching_config(**options), BatchingParameters)
        numbers = [found.max_batch_size, found.batch_timeout_micros, found.num_batch_threads]
        sizes = list(found.allowed_batch_sizes)
        of_batching.append([*(number.value for number in numbers), sizes])
    return [of_models, of_batching]


def served(
    stub: ModuleType, mean: Array, std: Array, kernel: Array, bias: Array, batches: list[Array]
) -> list[Any]:
    """The scores of each batch by either signature of the model, once loaded."""
    model = keras.Sequential([keras.Input(mean.shape), keras.layers.Dense(1)])
    model.set_weights([kernel, bias])
    with tempfile.TemporaryDirectory() as folder:
        stub.export_scorer(model, Path(folder) / "model", mean, std)
        loaded = tf.saved_model.load(f"{folder}/model").signatures
    rows, examples = loaded["serving_default"], loaded["from_examples"]
    return [
        [rows(features=tf.constant(batch))["score"] for batch in batches],
        [examples(examples=tf.constant(list(map(example, b))))["score"] for b in batches],
    ]


def example(row: Array) -> bytes:
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=row))
    features = tf.train.Features(feature={"features": feature})
    serialized: bytes = tf.train.Example(features=features).SerializeToString()
    return serialized
