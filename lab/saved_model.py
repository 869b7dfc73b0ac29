"""A model server in small: runs a SavedModel in C++, without any Python object of the model.

TensorFlow Serving loads a SavedModel with the C++ loader that stands behind
TensorFlow's C API, and so does this. A signature says which tensors of the graph are fed and
fetched. Where the C API cannot be reached (Windows), the graph is run by tf.compat.v1 instead.
"""

from __future__ import annotations

import ctypes
import math
from os import PathLike, fsencode
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf


class ServerError(Exception):
    """The C++ loader or the graph raised this."""


# What tf.py_function and tf.numpy_function make. A server in C++ does not know these ops. This
# process does, and would run the very functions that the graph was traced with.
IN_PYTHON = {"EagerPyFunc", "PyFunc", "PyFuncStateless"}


class Output(ctypes.Structure):
    """One of the tensors that an op of the graph makes."""

    _fields_ = [("op", ctypes.c_void_p), ("index", ctypes.c_int)]


class Buffer(ctypes.Structure):
    """Bytes that belong to TensorFlow."""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("length", ctypes.c_size_t),
        ("free", ctypes.c_void_p),
    ]


class Server:
    """Serves the signature `serving_default` of a SavedModel.

    Attributes:
        inputs: the names of the inputs, sorted.
        outputs: the names of the outputs, sorted.
    """

    def __init__(self, folder: str | PathLike[str]):
        if not Path(folder, "saved_model.pb").is_file():
            raise ServerError("there is no saved_model.pb in the folder")
        self.session = open_session(folder)
        if found := sorted(ops_of(self.session.meta_graph.graph_def) & IN_PYTHON):
            raise ServerError(f"Op type not registered: {found[0]}, which calls Python")
        signatures = self.session.meta_graph.signature_def
        if "serving_default" not in signatures:
            raise ServerError(f"there is no signature serving_default, but {sorted(signatures)}")
        self.signature = signatures["serving_default"]
        self.inputs = sorted(self.signature.inputs)
        self.outputs = sorted(self.signature.outputs)

    def __call__(self, request: Any) -> dict[str, np.ndarray]:
        """Answer a request: arrays by name of input, or the array for the only input."""
        if not isinstance(request, dict):
            if len(self.inputs) != 1:
                raise ServerError(f"a request needs values for {self.inputs}")
            request = {self.inputs[0]: request}
        if sorted(request) != self.inputs:
            raise ServerError(f"the inputs are {self.inputs}, not {sorted(request)}")
        feeds = {}
        for name, info in self.signature.inputs.items():
            array, dtype = np.asarray(request[name]), tf.as_dtype(info.dtype)
            if array.dtype != dtype:
                raise ServerError(f"the input {name} is {dtype.name}, not {array.dtype}")
            if not tf.TensorShape(info.tensor_shape).is_compatible_with(array.shape):
                shape = tf.TensorShape(info.tensor_shape)
                raise ServerError(f"the input {name} is of shape {shape}, not {array.shape}")
            feeds[info.name] = array
        fetches = [self.signature.outputs[name].name for name in self.outputs]
        return dict(zip(self.outputs, self.session.run(feeds, fetches), strict=True))


def ops_of(graph: Any) -> set[str]:
    """The kinds of op in a graph, and in every function that it has."""
    parts = [graph.node, *(function.node_def for function in graph.library.function)]
    return {node.op for part in parts for node in part}


def open_session(folder: str | PathLike[str]) -> CppSession | V1Session:
    package = Path(tf.__file__).parent
    libraries = [*package.glob("libtensorflow_cc.so.*"), *package.glob("libtensorflow_cc.*.dylib")]
    return CppSession(folder, ctypes.CDLL(str(libraries[0]))) if libraries else V1Session(folder)


class CppSession:
    """A session of the C API, with the graph and the weights of a SavedModel."""

    def __init__(self, folder: str | PathLike[str], library: ctypes.CDLL):
        self.api = library
        for name in (
            "TF_NewStatus",
            "TF_NewGraph",
            "TF_NewSessionOptions",
            "TF_LoadSessionFromSavedModel",
            "TF_GraphOperationByName",
            "TF_AllocateTensor",
            "TF_TensorData",
        ):
            getattr(library, name).restype = ctypes.c_void_p
        library.TF_NewBuffer.restype = ctypes.POINTER(Buffer)
        library.TF_Message.restype = ctypes.c_char_p
        library.TF_Dim.restype = ctypes.c_int64
        self.status = ctypes.c_void_p(library.TF_NewStatus())
        self.graph = ctypes.c_void_p(library.TF_NewGraph())
        options = ctypes.c_void_p(library.TF_NewSessionOptions())
        tags, meta = (ctypes.c_char_p * 1)(b"serve"), library.TF_NewBuffer()
        session = library.TF_LoadSessionFromSavedModel(
            options, None, fsencode(folder), tags, 1, self.graph, meta, self.status
        )
        self.session = ctypes.c_void_p(session)
        self.check()
        content = ctypes.string_at(meta.contents.data, meta.contents.length)
        self.meta_graph = tf.compat.v1.MetaGraphDef.FromString(content)

    def check(self) -> None:
        if self.api.TF_GetCode(self.status):
            raise ServerError(self.api.TF_Message(self.status).decode())

    def output(self, name: str) -> Output:
        op, _, index = name.partition(":")
        found = self.api.TF_GraphOperationByName(self.graph, op.encode())
        if not found:
            raise ServerError(f"the graph has no {name}")
        return Output(found, int(index))

    def run(self, feeds: dict[str, np.ndarray], fetches: list[str]) -> list[np.ndarray]:
        inputs = (Output * len(feeds))(*map(self.output, feeds))
        values = (ctypes.c_void_p * len(feeds))(*map(self.tensor, feeds.values()))
        outputs = (Output * len(fetches))(*map(self.output, fetches))
        results = (ctypes.c_void_p * len(fetches))()
        self.api.TF_SessionRun(
            *(self.session, None),
            *(inputs, values, len(feeds)),
            *(outputs, results, len(fetches)),
            *(None, 0, None, self.status),
        )
        self.check()
        return [self.array(ctypes.c_void_p(result)) for result in results]

    def tensor(self, array: np.ndarray) -> int:
        array = np.ascontiguousarray(array)
        dims = (ctypes.c_int64 * array.ndim)(*array.shape)
        kind = tf.as_dtype(array.dtype).as_datatype_enum
        size = ctypes.c_size_t(array.nbytes)
        tensor = self.api.TF_AllocateTensor(kind, dims, array.ndim, size)
        data = self.api.TF_TensorData(ctypes.c_void_p(tensor))
        ctypes.memmove(ctypes.c_void_p(data), array.ctypes.data, array.nbytes)
        return tensor

    def array(self, tensor: ctypes.c_void_p) -> np.ndarray:
        shape = [self.api.TF_Dim(tensor, i) for i in range(self.api.TF_NumDims(tensor))]
        dtype = np.dtype(tf.as_dtype(self.api.TF_TensorType(tensor)).as_numpy_dtype)
        data = self.api.TF_TensorData(tensor)
        content = ctypes.string_at(data, math.prod(shape) * dtype.itemsize)
        return np.frombuffer(content, dtype).reshape(shape)


class V1Session:
    """The same by tf.compat.v1: a graph and a session, no objects."""

    def __init__(self, folder: str | PathLike[str]):
        self.session = tf.compat.v1.Session(graph=tf.Graph())
        try:
            self.meta_graph = tf.compat.v1.saved_model.load(self.session, ["serve"], str(folder))
        except (OSError, RuntimeError) as error:
            raise ServerError(str(error)) from None

    def run(self, feeds: dict[str, np.ndarray], fetches: list[str]) -> list[np.ndarray]:
        try:
            return self.session.run(fetches, feeds)
        except (tf.errors.OpError, ValueError) as error:
            raise ServerError(str(error)) from None
