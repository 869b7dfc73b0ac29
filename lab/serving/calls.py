"""What gRPC and REST have in common: the calls of the two services, on a Core."""

import tensorflow as tf
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataResponse,
    SignatureDefMap,
)
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigResponse
from tensorflow_serving.apis.predict_pb2 import PredictResponse

from lab.serving.core import Core


class Calls:
    """Each method takes a request and gives a response, or raises RefusedError."""

    def __init__(self, core: Core):
        self.core = core

    def Predict(self, request) -> PredictResponse:  # noqa: N802
        spec = request.model_spec
        version, servable = self.core.find(spec)
        response = PredictResponse()
        for name, array in servable.predict(request).items():
            response.outputs[name].CopyFrom(tf.make_tensor_proto(array))
        response.model_spec.name = spec.name
        response.model_spec.version.value = version
        response.model_spec.signature_name = spec.signature_name or "serving_default"
        return response

    def GetModelMetadata(self, request) -> GetModelMetadataResponse:  # noqa: N802
        version, servable = self.core.find(request.model_spec)
        response = GetModelMetadataResponse()
        response.model_spec.name = request.model_spec.name
        response.model_spec.version.value = version
        signatures = SignatureDefMap()
        for name, signature in servable.signatures.items():
            signatures.signature_def[name].CopyFrom(signature)
        response.metadata["signature_def"].Pack(signatures)
        return response

    def GetModelStatus(self, request):  # noqa: N802
        return self.core.status(request.model_spec)

    def HandleReloadConfigRequest(self, request) -> ReloadConfigResponse:  # noqa: N802
        self.core.reload(request.config)
        return ReloadConfigResponse()
