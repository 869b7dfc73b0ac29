"""The bodies of classify and regress: Examples from JSON, and results as JSON.

Source: util/json_tensor.cc.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.classification_pb2 import ClassificationResult
from tensorflow_serving.apis.input_pb2 import Input
from tensorflow_serving.apis.regression_pb2 import RegressionResult

from lab.serving.errors import invalid
from lab.serving.rest_json import (
    KINDS,
    as_float,
    bytes_of,
    decimal,
    decoded,
    document,
    is_base64,
    quoted,
    shown,
)


def input_of(body: dict[str, Any]) -> Input:
    """The Examples of a request, with a context if there is one."""
    rows = body.get("examples")
    if "examples" not in body:
        said = "When method is classify, key 'examples' is expected and was not found"
        raise invalid(f"JSON Value: {shown(body)} {said}")
    if not isinstance(rows, list):
        raise invalid(f"JSON Value: {shown(body)} Expecting 'examples' value to be an list/array")
    if not rows:
        raise invalid(f"JSON Value: {shown(body)} 'examples' value is an empty array")
    made = Input()
    if "context" in body:
        made.example_list_with_context.context.CopyFrom(example_of(body["context"]))
        made.example_list_with_context.examples.extend(map(example_of, rows))
    else:
        made.example_list.examples.extend(map(example_of, rows))
    return made


def example_of(value: Any) -> tf.train.Example:
    if not isinstance(value, dict):
        kind = KINDS.get(type(value), "Number")
        raise invalid(f"Example must be JSON object but got JSON {kind}")
    example = tf.train.Example()
    for name, content in value.items():
        key = bytes_of(name).decode(errors="replace")
        feature = example.features.feature[key]
        for part in content if isinstance(content, list) else [content]:
            add(part, key, feature)
    return example


def add(value: Any, name: str, feature: tf.train.Feature) -> None:
    """Whole numbers are int64, others floats; a feature has values of one kind."""
    item: bytes | int | float
    if isinstance(value, str) or is_base64(value):
        kind, item = "bytes_list", decoded(value) if isinstance(value, dict) else bytes_of(value)
    elif isinstance(value, int):  # a bool is one, too
        kind, item = "int64_list", int(value)
        if not -(2**63) <= value < 2**63:
            raise invalid(f"Feature: {name} has uint64_t element. Only int64_t is supported.")
    elif isinstance(value, float):
        kind, item = "float_list", as_float(value, tf.float32)
    else:
        json_type = KINDS[type(value)]
        raise invalid(f"Feature: {name} has element with unexpected JSON type: {json_type}")
    before = feature.WhichOneof("kind")
    if before not in (None, kind):
        expected = before.removesuffix("_list")
        raise invalid(f"Unexpected element type in feature: {name} expecting type: {expected}")
    getattr(feature, kind).value.append(item)


def classified(result: ClassificationResult) -> str:
    rows = (
        ", ".join(f"[{quoted(c.label)}, {decimal(np.float32(c.score))}]" for c in row.classes)
        for row in result.classifications
    )
    return document("results", f"[{', '.join(f'[{row}]' for row in rows)}]")


def regressed(result: RegressionResult) -> str:
    values = (decimal(np.float32(each.value)) for each in result.regressions)
    return document("results", f"[{', '.join(values)}]")
