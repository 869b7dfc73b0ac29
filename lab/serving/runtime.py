"""A SavedModel in TensorFlow's C++ runtime, without Python.

`tensorflow_model_server` calls the same loader and the same `Session::Run`. So a tensor is fed as
it was sent: neither its shape nor its dtype is compared with the signature, and an op that cannot
compute with it says so. `tf.compat.v1.Session.run` would compare and convert in Python.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping, Sequence
from ctypes import c_char_p, c_void_p
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow.core.protobuf.meta_graph_pb2 import MetaGraphDef

from lab.serving.capi import Output, array_of, buffer, delete, library, status, tensors
from lab.serving.errors import invalid


class Session:
    """The graph of a SavedModel, with its variables restored.

    Args:
        folder: of the SavedModel.
        tags: of the graph in it.

    Attributes:
        signatures: SignatureDef by name.

    Raises:
        RefusedError: if it does not load.
    """

    def __init__(self, folder: str | os.PathLike[str], tags: Sequence[str] = ("serve",)):
        c = library()
        self.graph, self.session = c_void_p(c.NewGraph()), c_void_p(None)
        options, meta_graph = c_void_p(c.NewSessionOptions()), c.NewBuffer()
        names = (c_char_p * len(tags))(*(tag.encode() for tag in tags))
        where = (os.fsencode(folder), names, len(tags), self.graph, meta_graph)
        try:
            with status() as failed:
                self.session.value = c.LoadSessionFromSavedModel(options, None, *where, failed)
            data = ctypes.string_at(meta_graph.contents.data, meta_graph.contents.length)
            self.signatures = dict(MetaGraphDef.FromString(data).signature_def)
        except BaseException:
            self.close()
            raise
        finally:
            c.DeleteBuffer(meta_graph)
            c.DeleteSessionOptions(options)

    def run(
        self, feeds: Mapping[str, TensorProto], fetches: Sequence[str], seconds: float | None
    ) -> list[np.ndarray]:
        """Compute some tensors of the graph.

        Args:
            feeds: values by the name of a tensor in the graph.
            fetches: names of tensors in the graph.
            seconds: after which it is given up; None for never.

        Raises:
            RefusedError: with what the runtime says.
        """
        options = tf.compat.v1.RunOptions(timeout_in_ms=int((seconds or 0) * 1000))
        into, out_of = self.ends(list(feeds)), self.ends(fetches)
        outputs = (c_void_p * len(fetches))()
        try:
            with tensors(list(feeds.values())) as inputs, buffer(options) as how:
                ends = (into, inputs, len(feeds), out_of, outputs, len(fetches))
                with status() as failed:
                    library().SessionRun(self.session, how, *ends, None, 0, None, failed)
            return [array_of(output) for output in outputs]
        finally:
            delete(outputs)

    def ends(self, names: Sequence[str]) -> Any:
        """Where tensors of these names are fed or fetched."""
        found = (Output * len(names))()
        for end, name in zip(found, names, strict=True):
            operation, _, index = name.partition(":")
            end.operation = library().GraphOperationByName(self.graph, operation.encode())
            end.index = int(index or 0)
            if not end.operation:
                raise invalid(f"Tensor {name} was not found in the Graph")
        return found

    def close(self) -> None:
        c = library()
        if self.session:
            for end in (c.CloseSession, c.DeleteSession):
                with status() as failed:
                    end(self.session, failed)
        c.DeleteGraph(self.graph)
