"""TensorFlow's C API, as far as a server needs it: the functions, statuses, buffers and tensors.

Source: tensorflow/c/c_api.h, tensorflow/c/tf_tensor.h, tensorflow/c/tf_tstring.h.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char_p, c_int, c_int64, c_size_t, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf.message import Message
from tensorflow.core.framework.tensor_pb2 import TensorProto

from lab.serving.errors import CODES, RefusedError

SIZE_OF_A_STRING = 24  # bytes of a TF_TString, wherever its characters are


class Buffer(ctypes.Structure):
    """TF_Buffer: bytes, here always a serialized message."""

    _fields_ = (("data", c_void_p), ("length", c_size_t), ("free", c_void_p))


class Output(ctypes.Structure):
    """TF_Output: an output of an operation in a graph."""

    _fields_ = (("operation", c_void_p), ("index", c_int))


BUFFER, OUTPUTS, TENSORS = POINTER(Buffer), POINTER(Output), POINTER(c_void_p)
TAGS = POINTER(c_char_p)
FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "NewStatus": (c_void_p, []),
    "DeleteStatus": (None, [c_void_p]),
    "GetCode": (c_int, [c_void_p]),
    "Message": (c_char_p, [c_void_p]),
    "NewBuffer": (BUFFER, []),
    "NewBufferFromString": (BUFFER, [c_char_p, c_size_t]),
    "DeleteBuffer": (None, [BUFFER]),
    "NewGraph": (c_void_p, []),
    "DeleteGraph": (None, [c_void_p]),
    "GraphOperationByName": (c_void_p, [c_void_p, c_char_p]),
    "NewSessionOptions": (c_void_p, []),
    "DeleteSessionOptions": (None, [c_void_p]),
    "LoadSessionFromSavedModel": (
        c_void_p,
        [c_void_p, BUFFER, c_char_p, TAGS, c_int, c_void_p, BUFFER, c_void_p],
    ),
    "CloseSession": (None, [c_void_p, c_void_p]),
    "DeleteSession": (None, [c_void_p, c_void_p]),
    "SessionRun": (
        None,
        [
            *(c_void_p, BUFFER, OUTPUTS, TENSORS, c_int, OUTPUTS, TENSORS, c_int),
            *(TENSORS, c_int, BUFFER, c_void_p),
        ],
    ),
    "AllocateTensor": (c_void_p, [c_int, POINTER(c_int64), c_int, c_size_t]),
    "DeleteTensor": (None, [c_void_p]),
    "TensorFromProto": (None, [BUFFER, c_void_p, c_void_p]),
    "TensorType": (c_int, [c_void_p]),
    "NumDims": (c_int, [c_void_p]),
    "Dim": (c_int64, [c_void_p, c_int]),
    "TensorByteSize": (c_size_t, [c_void_p]),
    "TensorData": (c_void_p, [c_void_p]),
    "StringGetDataPointer": (c_void_p, [c_void_p]),
    "StringGetSize": (c_size_t, [c_void_p]),
}


class Library:
    """The functions, without the TF_ before their names."""

    def __init__(self, path: Path):
        loaded = ctypes.CDLL(str(path))
        for name, (result, arguments) in FUNCTIONS.items():
            function = getattr(loaded, f"TF_{name}")
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


@cache
def library() -> Library:
    """That which `import tensorflow` has loaded."""
    (path,) = Path(tf.sysconfig.get_lib()).glob("libtensorflow_cc.*")
    return Library(path)


@contextmanager
def status() -> Iterator[c_void_p]:
    """The last argument of a call.

    Raises:
        RefusedError: at the end of the block, if the call has failed.
    """
    c = library()
    made = c_void_p(c.NewStatus())
    try:
        yield made
        if code := c.GetCode(made):
            raise RefusedError(CODES[code], c.Message(made).decode(errors="replace"))
    finally:
        c.DeleteStatus(made)


@contextmanager
def buffer(message: Message) -> Iterator[Any]:
    c, data = library(), message.SerializeToString()
    made = c.NewBufferFromString(data, len(data))
    try:
        yield made
    finally:
        c.DeleteBuffer(made)


@contextmanager
def tensors(protos: list[TensorProto]) -> Iterator[Any]:
    """An array of tensors.

    Raises:
        RefusedError: INVALID_ARGUMENT, if a message is no tensor.
    """
    c, made = library(), (c_void_p * len(protos))()
    try:
        for index, proto in enumerate(protos):
            made[index] = c.AllocateTensor(tf.float32.as_datatype_enum, None, 0, 4)
            with buffer(proto) as data, status() as failed:
                c.TensorFromProto(data, made[index], failed)
        yield made
    finally:
        delete(made)


def delete(made: Any) -> None:
    for tensor in made:
        if tensor:
            library().DeleteTensor(tensor)


def array_of(tensor: Any) -> np.ndarray:
    """A copy of what a tensor holds; strings as bytes."""
    c = library()
    shape = [c.Dim(tensor, axis) for axis in range(c.NumDims(tensor))]
    dtype, start = tf.as_dtype(c.TensorType(tensor)), c.TensorData(tensor)
    if dtype == tf.string:
        count = c.TensorByteSize(tensor) // SIZE_OF_A_STRING
        places = (start + index * SIZE_OF_A_STRING for index in range(count))
        flat = np.empty(count, dtype=object)
        flat[:] = [
            ctypes.string_at(c.StringGetDataPointer(place), c.StringGetSize(place))
            for place in places
        ]
        return flat.reshape(shape)
    data = ctypes.string_at(start, c.TensorByteSize(tensor)) if start else b""
    return np.frombuffer(data, dtype.as_numpy_dtype).reshape(shape)
