"""A request that was UNAVAILABLE is sent once more, by gRPC.

breaks: "A call sends one request"
fails: test_one_request_is_sent
"""

import json
import urllib.error
import urllib.parse
import urllib.request

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

ERRORS = {
    grpc.StatusCode.INVALID_ARGUMENT: ValueError,
    grpc.StatusCode.NOT_FOUND: LookupError,
    grpc.StatusCode.DEADLINE_EXCEEDED: TimeoutError,
    grpc.StatusCode.UNAVAILABLE: ConnectionError,
}


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label is not None:
        raise ValueError("a version or a label, not both")
    request = PredictRequest()
    request.model_spec.name = model
    request.model_spec.signature_name = "serving_default"
    if version is not None:
        request.model_spec.version.value = version
    if label is not None:
        request.model_spec.version_label = label
    request.inputs["features"].CopyFrom(
        tf.make_tensor_proto(np.asarray(rows, dtype=np.float32), dtype=tf.float32)
    )
    try:
        try:
            response = stub.Predict(request, timeout=timeout)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise
            response = stub.Predict(request, timeout=timeout)
    except grpc.RpcError as error:
        kind = ERRORS.get(error.code())
        if kind is None:
            raise
        if kind is ValueError and "version label" in error.details():
            kind = LookupError
        raise kind(error.details()) from error
    return tf.make_ndarray(response.outputs["score"])


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label is not None:
        raise ValueError("a version or a label, not both")
    path = "/v1/models/" + urllib.parse.quote(model, safe="")
    if version is not None:
        path += f"/versions/{version}"
    if label is not None:
        path += "/labels/" + urllib.parse.quote(label, safe="")
    body = {"inputs": {"features": np.asarray(rows, dtype=np.float32).tolist()}}
    request = urllib.request.Request(
        url + path + ":predict",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        message = error.read().decode()
        if error.code == 404 or "version label" in message:
            raise LookupError(message) from error
        if error.code == 400:
            raise ValueError(message) from error
        if error.code == 504:
            raise TimeoutError(message) from error
        if error.code == 503:
            raise ConnectionError(message) from error
        raise
    except TimeoutError:
        raise
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise TimeoutError(str(error)) from error
        raise ConnectionError(str(error)) from error
    return np.array(answer["outputs"], dtype=np.float32)
