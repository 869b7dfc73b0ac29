"""REST has a timeout of 0 by default, meant as none; a socket then does not wait at all.

breaks: "`timeout` seconds without a word from the server"
fails: test_nobody_waits_for_a_slow_server
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
    """Ask a server for scores, by gRPC.

    The signature is `serving_default`, from `features`, float32, (batch, n), to `score`, float32,
    (batch, 1).

    Args:
        stub: of the server's PredictionService.
        rows: anything that `np.asarray` makes (batch, n) numbers of.
        model: the name of the model.
        version: the number of a version, from 1, or
        label: the label of one. With neither, the server takes the latest version.
        timeout: seconds after which nobody waits for the answer any more, neither this client
            nor the server.

    Returns:
        The scores, float32, (batch, 1).

    Raises:
        ValueError: if both a version and a label are given, or if the server does not take the
            rows.
        LookupError: if the server has no such model, version or label.
        TimeoutError: if there is no answer in time.
        ConnectionError: if there is no server.
    """
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
    """An unknown label has the same status as rows that do not fit; only the text tells."""
    return LookupError(message) if "version label" in message else ValueError(message)


def predict_rest(
    url: str,
    rows: np.ndarray,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.0,
) -> np.ndarray:
    """The same by REST.

    Args:
        url: of the server, such as "http://127.0.0.1:8501".
        rows, model, version, label: as above. Names of models and labels may have spaces or
            other characters in them that a URL does not take as they are.
        timeout: seconds that this client waits for the answer.

    Returns, raises: as above.
    """
    check_choice(version, label)
    choice = f"/versions/{version}" if version is not None else ""
    if label is not None:
        choice = f"/labels/{quote(label, safe='')}"
    address = f"{url}/v1/models/{quote(model, safe='')}{choice}:predict"
    body = json.dumps({"instances": np.asarray(rows, "float32").tolist()})
    try:
        with urllib.request.urlopen(address, body.encode(), timeout=timeout) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        message = json.load(error)["error"]
        raise LookupError(message) if error.code == 404 else refusal(message) from error
    except urllib.error.URLError as error:
        is_late = isinstance(error.reason, TimeoutError)
        raise TimeoutError(url) if is_late else ConnectionError(error.reason) from error
    return np.float32(answer["predictions"])
