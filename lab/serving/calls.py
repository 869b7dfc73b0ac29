"""What gRPC and REST have in common: the calls of the two services, on a Core."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf
from google.protobuf.message import Message
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    GetModelMetadataResponse,
    SignatureDefMap,
)
from tensorflow_serving.apis.get_model_status_pb2 import (
    GetModelStatusRequest,
    GetModelStatusResponse,
)
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest, ReloadConfigResponse
from tensorflow_serving.apis.predict_pb2 import PredictRequest, PredictResponse

from lab.serving.core import Core

# Called with each request and the seconds that its sender is going to wait (None: for ever).
Gate = Callable[[Message, float | None], None]


class Calls:
    """Each method takes a request and gives a response, or raises RefusedError."""

    def __init__(self, core: Core):
        self.core = core

    def Predict(self, request: PredictRequest) -> PredictResponse:  # noqa: N802
        spec = request.model_spec
        version, servable = self.core.find(spec)
        response = PredictResponse()
        for name, array in servable.predict(request).items():
            response.outputs[name].CopyFrom(tf.make_tensor_proto(array))
        response.model_spec.name = spec.name
        response.model_spec.version.value = version
        response.model_spec.signature_name = spec.signature_name or "serving_default"
        return response

    def GetModelMetadata(  # noqa: N802
        self, request: GetModelMetadataRequest
    ) -> GetModelMetadataResponse:
        version, servable = self.core.find(request.model_spec)
        response = GetModelMetadataResponse()
        response.model_spec.name = request.model_spec.name
        response.model_spec.version.value = version
        signatures = SignatureDefMap()
        for name, signature in servable.signatures.items():
            signatures.signature_def[name].CopyFrom(signature)
        response.metadata["signature_def"].Pack(signatures)
        return response

    def GetModelStatus(self, request: GetModelStatusRequest) -> GetModelStatusResponse:  # noqa: N802
        return self.core.status(request.model_spec)

    def HandleReloadConfigRequest(  # noqa: N802
        self, request: ReloadConfigRequest
    ) -> ReloadConfigResponse:
        self.core.reload(request.config)
        return ReloadConfigResponse()
