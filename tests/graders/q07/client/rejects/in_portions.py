"""Rows are sent in portions of 32.

breaks: "A call sends one request"
fails: test_one_request_is_sent
"""

import http.client
import json
from urllib.parse import quote, urlsplit

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

NO_LABEL = "Unrecognized servable version label"


def check(version, label):
    if version is not None and label is not None:
        raise ValueError("a version or a label, not both")


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    check(version, label)
    features = np.asarray(rows, dtype=np.float32)
    request = PredictRequest()
    request.model_spec.name = model
    request.model_spec.signature_name = "serving_default"
    if version is not None:
        request.model_spec.version.value = version
    if label is not None:
        request.model_spec.version_label = label
    request.inputs["features"].CopyFrom(tf.make_tensor_proto(features))
    if features.ndim > 1 and len(features) > 32:
        parts = [features[start : start + 32] for start in range(0, len(features), 32)]
        which = {"model": model, "version": version, "label": label, "timeout": timeout}
        return np.concatenate([predict(stub, part, **which) for part in parts])
    try:
        response = stub.Predict(request, timeout=timeout)
    except grpc.RpcError as error:
        code, details = error.code(), error.details() or ""
        if code is grpc.StatusCode.INVALID_ARGUMENT:
            if label is not None and NO_LABEL in details:
                raise LookupError(details) from error
            raise ValueError(details) from error
        if code is grpc.StatusCode.NOT_FOUND:
            raise LookupError(details) from error
        if code is grpc.StatusCode.DEADLINE_EXCEEDED:
            raise TimeoutError(details) from error
        if code is grpc.StatusCode.UNAVAILABLE:
            raise ConnectionError(details) from error
        raise
    return tf.make_ndarray(response.outputs["score"])


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    check(version, label)
    features = np.asarray(rows, dtype=np.float32)
    place = f"/v1/models/{quote(model, safe='')}"
    if version is not None:
        place += f"/versions/{version}"
    if label is not None:
        place += f"/labels/{quote(label, safe='')}"
    body = json.dumps({"instances": features.tolist()})
    status, text = post(url, f"{place}:predict", body, timeout)
    if status == 200:
        return np.asarray(json.loads(text)["predictions"], dtype=np.float32)
    if status == 400:
        if label is not None and (NO_LABEL in text or not label):
            raise LookupError(text)
        if version is not None and version < 0:
            raise LookupError(text)
        raise ValueError(text)
    if status == 404:
        raise LookupError(text)
    if status == 504:
        raise TimeoutError(text)
    if status == 503:
        raise ConnectionError(text)
    raise RuntimeError(f"HTTP {status}: {text}")


def post(url, place, body, timeout):
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=timeout)
    try:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", parts.path.rstrip("/") + place, body.encode(), headers)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    except TimeoutError:
        raise
    except (OSError, http.client.HTTPException) as error:
        raise ConnectionError(f"{url}: {error}") from error
    finally:
        connection.close()
