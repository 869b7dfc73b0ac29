"""JSON to tensors and back, as the REST API has it.

Source: util/json_tensor.cc. `instances` has a row in each element, `inputs` a column in each
name; the answer is `predictions` or `outputs` accordingly.
"""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import tensorflow as tf

from lab.serving.errors import invalid


def columns_of(body: dict[str, Any], dtypes: dict[str, tf.DType]) -> dict[str, np.ndarray]:
    """The inputs of a signature from the body of a request."""
    if ("instances" in body) == ("inputs" in body):
        raise invalid("Missing 'inputs' or 'instances' key: exactly one of them is expected")
    values = by_row(body["instances"], dtypes) if "instances" in body else body["inputs"]
    if not is_named(values):
        if len(dtypes) > 1:
            raise invalid("a plain value/list, but expecting an object as multiple input tensors")
        values = {next(iter(dtypes)): values}
    if set(values) != set(dtypes):
        raise invalid(f"Missing named input: {','.join(sorted(dtypes))}")
    return {name: array_of(values[name], dtype) for name, dtype in dtypes.items()}


def by_row(rows: Any, dtypes: dict[str, tf.DType]) -> Any:
    """Rows turned into columns."""
    if not isinstance(rows, list):
        raise invalid("Expecting 'instances' to be an list/array")
    if not rows:
        raise invalid("No values in 'instances' array")
    if not any(map(is_named, rows)):
        return rows
    for index, row in enumerate(rows):
        if not is_named(row) or set(row) != set(dtypes):
            names = ",".join(sorted(dtypes))
            raise invalid(f"Failed to process element: {index}: keys must be equal to: {names}")
    return {name: [row[name] for row in rows] for name in dtypes}


def is_named(value: Any) -> bool:
    return isinstance(value, dict) and set(value) != {"b64"}


def array_of(value: Any, dtype: tf.DType) -> np.ndarray:
    held = object if dtype == tf.string else dtype.as_numpy_dtype
    try:
        return np.array(converted(value, dtype), dtype=held)
    except ValueError:
        raise invalid("Encountered list at unexpected size") from None


def converted(value: Any, dtype: tf.DType) -> Any:
    if isinstance(value, list):
        return [converted(part, dtype) for part in value]
    if dtype == tf.string and isinstance(value, dict) and set(value) == {"b64"}:
        return base64.b64decode(value["b64"])
    if not is_of(value, dtype):
        kind = type(value).__name__
        raise invalid(
            f"JSON Value: {json.dumps(value)} Type: {kind} is not of expected type: {dtype.name}"
        )
    return value.encode() if dtype == tf.string else value


def is_of(value: Any, dtype: tf.DType) -> bool:
    if dtype in (tf.string, tf.bool):
        return isinstance(value, str if dtype == tf.string else bool)
    numbers = (int, float) if dtype.is_floating else int
    return isinstance(value, numbers) and not isinstance(value, bool)


def answer(outputs: dict[str, np.ndarray], is_row_by_row: bool) -> dict[str, Any]:
    """The body of a response. One output alone goes without its name."""
    plain = {name: plain_of(array) for name, array in outputs.items()}
    only = next(iter(plain.values())) if len(plain) == 1 else None
    if not is_row_by_row:
        return {"outputs": plain if only is None else only}
    if any(not array.ndim for array in outputs.values()):
        raise invalid("Tensor name: has no shape information")
    sizes = {len(array) for array in outputs.values()}
    if len(sizes) != 1:
        raise invalid("Tensor name: has inconsistent batch size")
    rows = [{name: column[i] for name, column in plain.items()} for i in range(sizes.pop())]
    return {"predictions": rows if only is None else only}


def plain_of(array: np.ndarray) -> Any:
    if array.dtype == object:
        return np.vectorize(bytes.decode, otypes=[object])(array).tolist()
    if array.dtype.kind == "f":  # 0.1, and not the float64 next to the float32 0.1
        return np.vectorize(lambda x: float(str(x)), otypes=[object])(array).tolist()
    return array.tolist()
