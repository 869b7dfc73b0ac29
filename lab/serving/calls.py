"""What gRPC and REST have in common: the calls of the two services, on a Core."""

from __future__ import annotations

from collections.abc import Callable

from google.protobuf.message import Message
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow_serving.apis.classification_pb2 import (
    ClassificationRequest,
    ClassificationResponse,
)
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    GetModelMetadataResponse,
    SignatureDefMap,
)
from tensorflow_serving.apis.get_model_status_pb2 import (
    GetModelStatusRequest,
    GetModelStatusResponse,
)
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest, MultiInferenceResponse
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest, ReloadConfigResponse
from tensorflow_serving.apis.model_pb2 import ModelSpec
from tensorflow_serving.apis.predict_pb2 import PredictRequest, PredictResponse
from tensorflow_serving.apis.regression_pb2 import RegressionRequest, RegressionResponse

from lab.serving import examples
from lab.serving.core import Core
from lab.serving.encoding import encoded
from lab.serving.errors import invalid
from lab.serving.servable import DEFAULT

# Called with each request and the seconds that its sender is going to wait (None: for ever).
Gate = Callable[[Message, float | None], None]
Seconds = float | None  # after which a computation is given up


class Calls:
    """Each method takes a request and gives a response, or raises RefusedError.

    Args:
        core: has the models.
        encode: makes messages of arrays.
    """

    def __init__(self, core: Core, encode: Callable[..., TensorProto] = encoded):
        self.core, self.encode = core, encode

    def Predict(self, request: PredictRequest, seconds: Seconds = None) -> PredictResponse:  # noqa: N802
        response = PredictResponse()
        with self.core.using(request.model_spec) as (version, servable):
            for name, array in servable.predict(request, seconds).items():
                response.outputs[name].CopyFrom(self.encode(array))
        response.model_spec.CopyFrom(answered_by(request.model_spec, version))
        return response

    def Classify(  # noqa: N802
        self, request: ClassificationRequest, seconds: Seconds = None
    ) -> ClassificationResponse:
        with self.core.using(request.model_spec) as (version, servable):
            result = examples.classify(servable.session, request, seconds)
        spec = answered_by(request.model_spec, version)
        return ClassificationResponse(result=result, model_spec=spec)

    def Regress(  # noqa: N802
        self, request: RegressionRequest, seconds: Seconds = None
    ) -> RegressionResponse:
        with self.core.using(request.model_spec) as (version, servable):
            result = examples.regress(servable.session, request, seconds)
        spec = answered_by(request.model_spec, version)
        return RegressionResponse(result=result, model_spec=spec)

    def MultiInference(  # noqa: N802
        self, request: MultiInferenceRequest, seconds: Seconds = None
    ) -> MultiInferenceResponse:
        spec = request.tasks[0].model_spec if request.tasks else ModelSpec()
        with self.core.using(spec) as (version, servable):
            results = examples.infer(servable.session, request, seconds)
        for result in results:
            result.model_spec.CopyFrom(answered_by(result.model_spec, version))
        return MultiInferenceResponse(results=results)

    def GetModelMetadata(  # noqa: N802
        self, request: GetModelMetadataRequest, seconds: Seconds = None
    ) -> GetModelMetadataResponse:
        if not request.HasField("model_spec"):
            raise invalid("Missing ModelSpec")
        if not request.metadata_field:
            raise invalid("GetModelMetadataRequest must specify at least one metadata_field")
        for field in request.metadata_field:
            if field != "signature_def":
                raise invalid(f"Metadata field {field} is not supported")
        response, signatures = GetModelMetadataResponse(), SignatureDefMap()
        with self.core.using(request.model_spec) as (version, servable):
            for name, signature in servable.signatures.items():
                signatures.signature_def[name].CopyFrom(signature)
        response.model_spec.name = request.model_spec.name
        response.model_spec.version.value = version
        response.metadata["signature_def"].Pack(signatures)
        return response

    def GetModelStatus(  # noqa: N802
        self, request: GetModelStatusRequest, seconds: Seconds = None
    ) -> GetModelStatusResponse:
        return self.core.status(request)

    def HandleReloadConfigRequest(  # noqa: N802
        self, request: ReloadConfigRequest, seconds: Seconds = None
    ) -> ReloadConfigResponse:
        self.core.reload(request.config)
        response = ReloadConfigResponse()
        response.status.SetInParent()
        return response


def answered_by(asked: ModelSpec, version: int) -> ModelSpec:
    spec = ModelSpec(name=asked.name, signature_name=asked.signature_name or DEFAULT)
    spec.version.value = version
    return spec
