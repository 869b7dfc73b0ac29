"""Plain questions to a server, embedded or real, as the tests ask them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
import numpy as np
import tensorflow as tf
from google.protobuf.message import Message
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    SignatureDefMap,
)
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

from lab.serving.errors import CODES, RefusedError
from lab.serving.target import Server

PATIENCE = 15  # seconds


class Answer(dict[str, np.ndarray]):
    """Arrays by name of the output."""

    version: int


def ask(
    server: Server, inputs: Mapping[str, np.ndarray], *, model: str = "fraud", signature: str = ""
) -> Answer:
    """What a server predicts, with the version that did it.

    Raises:
        RefusedError: if the server refuses.
    """
    request = PredictRequest()
    request.model_spec.name, request.model_spec.signature_name = model, signature
    for name, array in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(array))
    response = call(server, PredictionServiceStub, "Predict", request)
    answer = Answer({name: tf.make_ndarray(proto) for name, proto in response.outputs.items()})
    answer.version = response.model_spec.version.value
    return answer


def check_loaded(server: Server, model: str = "fraud") -> None:
    """A version that does not load is unknown to clients; only its status says why.

    Raises:
        RefusedError: with what the status of a version says.
    """
    request = GetModelStatusRequest()
    request.model_spec.name = model
    for version in call(server, ModelServiceStub, "GetModelStatus", request).model_version_status:
        if version.status.error_code:
            message = version.status.error_message
            raise RefusedError(CODES[version.status.error_code], essence(message))


def only_input(server: Server, model: str = "fraud", signature: str = "serving_default") -> str:
    """The name of a signature's input, which has to have one."""
    request = GetModelMetadataRequest(metadata_field=["signature_def"])
    request.model_spec.name = model
    response = call(server, PredictionServiceStub, "GetModelMetadata", request)
    signatures = SignatureDefMap()
    response.metadata["signature_def"].Unpack(signatures)
    (name,) = signatures.signature_def[signature].inputs
    return name


def call(server: Server, stub: type, method: str, request: Message) -> Any:
    with grpc.insecure_channel(server.target) as channel:
        try:
            return getattr(stub(channel), method)(request, timeout=PATIENCE)
        except grpc.RpcError as error:
            raise RefusedError(error.code(), essence(error.details())) from None


def essence(message: str) -> str:
    """What is wrong, without the names of nodes in the graph, which are made up anew each time."""
    return message.partition("\n")[0]
