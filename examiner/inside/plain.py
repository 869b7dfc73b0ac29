"""Plain data across the wall of the jail: numbers, texts, lists, dicts and arrays, as JSON.

What comes out is never unpickled, and nothing of it is a class of the candidate's.
"""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np

DTYPES = frozenset(
    {"bool", "float16", "float32", "float64"}
    | {f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)}
)


class NotPlainError(Exception):
    """A value that cannot cross, or a text that does not stand for one."""


def plain(value: Any) -> Any:
    """`value` as JSON can hold it; what has `numpy()` is a tensor. Raises NotPlainError."""
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return {"float": repr(value)}  # JSON has no NaN
    if type(value) in (list, tuple):
        return [plain(each) for each in value]
    if type(value) is dict:
        return {"dict": {str(key): plain(each) for key, each in value.items()}}
    array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    array = array.astype(array.dtype.newbyteorder("="), copy=False)
    if array.dtype.name not in DTYPES:
        raise NotPlainError(f"an array of dtype {array.dtype.name}")
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {"array": [array.dtype.name, list(array.shape), data]}


def value_of(data: Any, depth: int = 10) -> Any:
    """The value that `plain` wrote; raises NotPlainError for anything else."""
    if data is None or type(data) in (bool, int, str):
        return data
    if depth == 0:
        raise NotPlainError("it is nested too deeply")
    if type(data) is list:
        return [value_of(each, depth - 1) for each in data]
    match data:
        case {"float": str(text)}:
            return number(text)
        case {"dict": dict(entries)}:
            return {str(key): value_of(each, depth - 1) for key, each in entries.items()}
        case {"array": [str(dtype), list(shape), str(text)]}:
            return array_of(dtype, shape, text)
    raise NotPlainError("it is no plain data")


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotPlainError("it is no number") from None


def array_of(dtype: str, shape: list[Any], text: str) -> np.ndarray[Any, Any]:
    sizes = all(type(size) is int and size >= 0 for size in shape) and len(shape) <= 8
    if dtype not in DTYPES or not sizes:
        raise NotPlainError("an array has no such dtype or shape")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotPlainError("an array is not written in base64") from None
    if len(data) != math.prod(shape) * np.dtype(dtype).itemsize:
        raise NotPlainError("an array has not the size of its shape")
    try:
        return np.frombuffer(data, dtype).reshape(shape)
    except ValueError:
        raise NotPlainError("an array has a shape that cannot be") from None
