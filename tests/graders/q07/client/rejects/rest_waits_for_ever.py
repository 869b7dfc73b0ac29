"""The REST client has no timeout.

breaks: "`timeout` seconds without a word from the server"
fails: test_half_an_answer_is_none, test_nobody_waits_for_a_slow_server
"""

import json
import urllib.error
import urllib.request
from urllib.parse import quote

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub


def predict(
    stub: PredictionServiceStub,
    rows: np.ndarray,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    check_choice(version, label)
    request = PredictRequest()
    request.model_spec.name = model
    if version is not None:
        request.model_spec.version.value = version
    if label is not None:
        request.model_spec.version_label = label
    request.inputs["features"].CopyFrom(tf.make_tensor_proto(np.asarray(rows, "float32")))
    try:
        response = stub.Predict(request, timeout=timeout)
    except grpc.RpcError as error:
        raise meaning_of(error) from error
    return tf.make_ndarray(response.outputs["score"])


def check_choice(version: int | None, label: str | None) -> None:
    if version is not None and label is not None:
        raise ValueError("a version or a label, not both")


def meaning_of(error: grpc.RpcError) -> Exception:
    match error.code():
        case grpc.StatusCode.NOT_FOUND:
            return LookupError(error.details())
        case grpc.StatusCode.INVALID_ARGUMENT:
            return refusal(error.details())
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return TimeoutError(error.details())
        case grpc.StatusCode.UNAVAILABLE:
            return ConnectionError(error.details())
    return error


def refusal(message: str) -> Exception:
    return LookupError(message) if "version label" in message else ValueError(message)


def predict_rest(
    url: str,
    rows: np.ndarray,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    check_choice(version, label)
    choice = f"/versions/{version}" if version is not None else ""
    if label is not None:
        choice = f"/labels/{quote(label, safe='')}"
    address = f"{url}/v1/models/{quote(model, safe='')}{choice}:predict"
    body = json.dumps({"instances": np.asarray(rows, "float32").tolist()})
    try:
        with urllib.request.urlopen(address, body.encode()) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        message = json.load(error)["error"]
        raise LookupError(message) if error.code == 404 else refusal(message) from error
    except urllib.error.URLError as error:
        raise error.reason from error
    return np.float32(answer["predictions"])
