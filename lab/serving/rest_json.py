"""JSON to tensors and back, as the REST API has it.

Source: util/json_tensor.cc. `instances` has a row in each element, `inputs` a column in each
name; the answer is `predictions` or `outputs` accordingly.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow.core.framework.tensor_pb2 import TensorProto

from lab.serving.encoding import FIELDS
from lab.serving.errors import RefusedError, invalid

KINDS = {dict: "Object", list: "Array", str: "String", bool: "True", type(None): "Null"}
SMALL = (tf.int32, tf.int16, tf.int8, tf.uint8)
RANGES = {
    **dict.fromkeys(SMALL, (-(2**31), 2**31)),
    tf.int64: (-(2**63), 2**63),
    tf.uint32: (0, 2**32),
    tf.uint64: (0, 2**64),
}
LONGEST_DEBUG_STRING = 256  # characters of the JSON that an error shows
Shape = tuple[int, ...]


def parse(body: bytes) -> dict[str, Any]:
    """The object that a body begins with; what follows it is not read.

    Raises:
        RefusedError: INVALID_ARGUMENT.
    """
    text = body.decode("utf-8-sig", "surrogateescape").lstrip()
    if not text:
        raise invalid("JSON Parse error: The document is empty")
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        raise invalid(f"JSON Parse error: {error.msg} at offset: {error.pos}") from None
    except RecursionError:
        raise invalid("JSON Parse error: too many levels") from None
    if not isinstance(value, dict):
        raise invalid(f"JSON Value: {shown(value)} Is not object")
    return value


def signature_of(body: dict[str, Any]) -> str:
    name = body.get("signature_name", "")
    if not isinstance(name, str):
        said = "not formatted correctly. 'signature_name' key must be a string value."
        raise invalid(f"JSON Value: {shown(body)} {said}")
    return bytes_of(name).decode(errors="replace")


def shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.encode(errors="replace").decode()[:LONGEST_DEBUG_STRING]


def bytes_of(text: str) -> bytes:
    try:
        return text.encode(errors="surrogateescape")  # what was no UTF-8 stays as it was
    except UnicodeEncodeError:
        raise invalid("JSON Parse error: The surrogate pair in string is invalid.") from None


def inputs_of(body: dict[str, Any], inputs: Mapping[str, Any]) -> dict[str, TensorProto]:
    """The inputs of a signature from the body of a request."""
    dtypes = {name: tf.as_dtype(inputs[name].dtype) for name in sorted(inputs)}
    if "instances" in body and "inputs" in body:
        said = "Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist"
        raise invalid(f"JSON Value: {shown(body)} {said}")
    if "instances" in body:
        return by_row(body["instances"], dtypes)
    if "inputs" in body:
        return by_name(body["inputs"], dtypes)
    raise invalid("Missing 'inputs' or 'instances' key")


def by_name(values: Any, dtypes: Mapping[str, tf.DType]) -> dict[str, TensorProto]:
    if not is_named(values):
        if len(dtypes) > 1:
            raise invalid(
                "inputs is a plain value/list, but expecting an object as multiple input tensors "
                "required as per tensorinfo_map"
            )
        values = dict.fromkeys(dtypes, values)
    for name in dtypes:
        if name not in values:
            raise invalid(f"Missing named input: {name} in 'inputs' object.")
    return {name: tensor(values[name], dtype) for name, dtype in dtypes.items()}


def by_row(rows: Any, dtypes: Mapping[str, tf.DType]) -> dict[str, TensorProto]:
    """Each row is checked alone: all have the shape of the first."""
    if not isinstance(rows, list):
        raise invalid(f"JSON Value: {shown(rows)} Expecting 'instances' to be an list/array")
    if not rows:
        raise invalid("JSON Value: [] No values in 'instances' array")
    if not isinstance(rows[0], dict) and len(dtypes) > 1:
        raise invalid(
            "instances is a plain list, but expecting list of objects as multiple input tensors "
            "required as per tensorinfo_map"
        )
    named = is_named(rows[0])
    columns: dict[str, list[Any]] = {name: [] for name in dtypes}
    for index, row in enumerate(rows):
        if is_named(row) != named:
            want, got = ("object", "list") if named else ("value/list", "object")
            raise invalid(f"Expecting {want} but got {got} at item {index} of input list")
        values = row if named else dict.fromkeys(dtypes, row)
        for name in values:
            if name not in dtypes:
                said = f"Error: JSON object: does not have named input: {name}"
                raise invalid(f"Failed to process element: {index} of 'instances' list. {said}")
        if set(values) != set(dtypes):
            raise invalid(
                f"Failed to process element: {index} of 'instances' list. JSON object: "
                f"{shown(row)} keys must be equal to: {','.join(dtypes)}"
            )
        for name, value in values.items():
            columns[name].append(value)
    return {name: batch(columns[name], dtype) for name, dtype in dtypes.items()}


def is_named(value: Any) -> bool:
    return isinstance(value, dict) and not is_base64(value)


def is_base64(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"b64"} and isinstance(value["b64"], str)


def batch(rows: list[Any], dtype: tf.DType) -> TensorProto:
    first, values = shape_of(rows[0]), list[Any]()
    for index, row in enumerate(rows):
        failed = f"Failed to process element: {index} of 'instances' list. Error:"
        try:
            shape = shape_of(row)
            values += flat(row, shape, dtype)
        except RefusedError as refused:
            raise invalid(f"{failed} INVALID_ARGUMENT: {refused.message}") from None
        if shape != first:
            sizes = f"{list(first)} but got: {list(shape)}"
            raise invalid(f"{failed} INVALID_ARGUMENT: Expecting shape {sizes}")
    return proto((len(rows), *first), values, dtype)


def tensor(value: Any, dtype: tf.DType) -> TensorProto:
    shape = shape_of(value)
    return proto(shape, list(flat(value, shape, dtype)), dtype)


def shape_of(value: Any) -> Shape:
    """The sizes of the first list, of its first list, and so on."""
    sizes = []
    while isinstance(value, list):
        sizes.append(len(value))
        value = value[0] if value else None
    return tuple(sizes)


def flat(value: Any, shape: Shape, dtype: tf.DType, level: int = 0) -> Iterator[Any]:
    if not isinstance(value, list):
        if level != len(shape):
            raise invalid(
                f"JSON Value: {shown(value)} found at incorrect level: {level + 1} "
                f"in the JSON DOM. Expected at level: {len(shape)}"
            )
        yield scalar(value, dtype)
        return
    if level >= len(shape):
        raise invalid(f"Encountered list at unexpected level: {level} expected < {len(shape)}")
    if len(value) != shape[level]:
        raise invalid(
            f"Encountered list at unexpected size: {len(value)} at level: {level} "
            f"expected size: {shape[level]}"
        )
    for part in value:
        yield from flat(part, shape, dtype, level + 1)


def scalar(value: Any, dtype: tf.DType) -> Any:
    if dtype == tf.string and isinstance(value, dict):
        return decoded(value)
    if not is_of(value, dtype):
        kind = "False" if value is False else KINDS.get(type(value), "Number")
        name = dtype.name
        raise invalid(f"JSON Value: {shown(value)} Type: {kind} is not of expected type: {name}")
    if dtype == tf.string:
        return bytes_of(value)
    if dtype.is_floating:
        return as_float(value, dtype)
    return value


def is_of(value: Any, dtype: tf.DType) -> bool:
    if dtype in (tf.string, tf.bool):
        return isinstance(value, str if dtype == tf.string else bool)
    if isinstance(value, bool):
        return False
    if dtype in (tf.float32, tf.float64):
        return isinstance(value, int | float)
    if dtype not in RANGES:
        message = f"Conversion of JSON Value: {shown(value)} to type: {dtype.name}"
        raise invalid(message)
    low, high = RANGES[dtype]
    return isinstance(value, int) and low <= value < high


def as_float(value: float, dtype: tf.DType) -> float:
    try:
        number = float(value)
    except OverflowError:
        raise invalid("JSON Parse error: Number too big to be stored in double.") from None
    with np.errstate(over="ignore"):
        return float(dtype.as_numpy_dtype(number))


def decoded(value: dict[str, Any]) -> bytes:
    if not is_base64(value):
        said = "not formatted correctly for base64 data"
        raise invalid(f"JSON Value: {shown(value)} {said}")
    try:
        return base64.b64decode(bytes_of(value["b64"]), validate=True)
    except binascii.Error:
        raise invalid("Unable to base64 decode") from None


def proto(shape: Iterable[int], values: list[Any], dtype: tf.DType) -> TensorProto:
    made = TensorProto(dtype=dtype.as_datatype_enum)
    for size in shape:
        made.tensor_shape.dim.add(size=size)
    getattr(made, FIELDS[dtype]).extend(values)
    return made


def answer(outputs: Mapping[str, TensorProto], is_row_by_row: bool) -> str:
    """The body of a response. One output alone goes without its name."""
    arrays = {name: tf.make_ndarray(proto) for name, proto in sorted(outputs.items())}
    if not is_row_by_row:
        written = {name: text(array, name) for name, array in arrays.items()}
        return document("outputs", named(written))
    for name, array in arrays.items():
        if not array.ndim:
            raise invalid(f"Tensor name: {name} has no shape information ")
    sizes = {len(array) for array in arrays.values()}
    if len(sizes) != 1:
        name = next(name for name, array in arrays.items() if len(array) != max(sizes))
        got = f"{len(arrays[name])} expecting: {max(sizes)}"
        raise invalid(f"Tensor name: {name} has inconsistent batch size: {got}")
    rows = (
        named({name: text(array[index], name) for name, array in arrays.items()})
        for index in range(sizes.pop())
    )
    return document("predictions", f"[{', '.join(rows)}]")


def document(key: str, value: str) -> str:
    return f'{{\n    "{key}": {value}\n}}'


def named(values: Mapping[str, str]) -> str:
    if len(values) == 1:
        return next(iter(values.values()))
    parts = (f"{quoted(name)}: {value}" for name, value in values.items())
    return f"{{{', '.join(parts)}}}"


def quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def text(values: Any, name: str) -> str:
    """A value, or an array of them; bytes if the name says so, else strings."""
    if isinstance(values, np.ndarray):
        if values.ndim:
            return f"[{', '.join(text(value, name) for value in values)}]"
        values = values[()]
    value = values.item() if isinstance(values, np.generic) else values
    if isinstance(value, bytes):
        if name.endswith("_bytes"):
            return f'{{"b64": "{base64.b64encode(value).decode()}"}}'
        return quoted(value.decode(errors="surrogateescape"))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if getattr(values, "dtype", None) in (np.float32, np.float64):
        return decimal(values)
    raise invalid("Failed to write JSON value for tensor type")


def decimal(value: Any) -> str:
    """As few digits as say the same number, and never a whole number: "3.0" and "9e+06"."""
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    written = f"{value:.6g}"
    if type(value)(written) != value:
        written = f"{value:.{9 if value.dtype == np.float32 else 17}g}"
    return written if "." in written or "e" in written else f"{written}.0"
