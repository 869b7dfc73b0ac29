"""Plain questions to a server, embedded or real, as the tests ask them."""

from collections.abc import Mapping

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    SignatureDefMap,
)
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

PATIENCE = 15  # seconds


class Answer(dict):
    """Arrays by name of the output."""

    version: int


def ask(
    server, inputs: Mapping[str, np.ndarray], *, model: str = "fraud", signature: str = ""
) -> Answer:
    """What a server predicts, with the version that did it.

    Raises:
        grpc.RpcError: if the server refuses.
    """
    request = PredictRequest()
    request.model_spec.name, request.model_spec.signature_name = model, signature
    for name, array in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(array))
    with grpc.insecure_channel(server.target) as channel:
        response = PredictionServiceStub(channel).Predict(request, timeout=PATIENCE)
    answer = Answer({name: tf.make_ndarray(proto) for name, proto in response.outputs.items()})
    answer.version = response.model_spec.version.value
    return answer


def only_input(server, model: str = "fraud", signature: str = "serving_default") -> str:
    """The name of a signature's input, which has to have one."""
    request = GetModelMetadataRequest(metadata_field=["signature_def"])
    request.model_spec.name = model
    with grpc.insecure_channel(server.target) as channel:
        response = PredictionServiceStub(channel).GetModelMetadata(request, timeout=PATIENCE)
    signatures = SignatureDefMap()
    response.metadata["signature_def"].Unpack(signatures)
    (name,) = signatures.signature_def[signature].inputs
    return name
