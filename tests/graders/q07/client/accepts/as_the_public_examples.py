"""Scores from float_val, as the public clients read them; a body that is compressed."""

import gzip
import json
import urllib.error
import urllib.request
from urllib.parse import quote

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

STATUS = {
    grpc.StatusCode.NOT_FOUND: LookupError,
    grpc.StatusCode.INVALID_ARGUMENT: ValueError,
    grpc.StatusCode.DEADLINE_EXCEEDED: TimeoutError,
    grpc.StatusCode.UNAVAILABLE: ConnectionError,
}


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label:
        raise ValueError("one of version and label")
    request = PredictRequest()
    request.model_spec.name = model
    if version is not None:
        request.model_spec.version.value = version
    if label:
        request.model_spec.version_label = label
    rows = np.array(rows, np.float32)
    request.inputs["features"].dtype = tf.float32.as_datatype_enum
    for size in rows.shape:
        request.inputs["features"].tensor_shape.dim.add().size = size
    request.inputs["features"].float_val.extend(rows.ravel())
    try:
        result = stub.Predict(request, timeout)
    except grpc.RpcError as error:
        if "label" in error.details():
            raise LookupError(label) from error
        raise STATUS[error.code()](error.details()) from error
    return np.array(result.outputs["score"].float_val, np.float32)[:, None]


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label:
        raise ValueError("one of version and label")
    where = f"/versions/{version}" if version is not None else ""
    where = f"/labels/{quote(label, '')}" if label else where
    request = urllib.request.Request(
        f"{url}/v1/models/{quote(model, '')}{where}:predict",
        gzip.compress(json.dumps({"inputs": np.array(rows, np.float32).tolist()}).encode()),
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as reply:
            return np.array(json.load(reply)["outputs"], np.float32)
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        raise (LookupError if error.code == 404 or "label" in text else ValueError)(text) from error
    except (urllib.error.URLError, TimeoutError) as error:
        late = isinstance(error, TimeoutError) or isinstance(error.reason, TimeoutError)
        raise (TimeoutError if late else ConnectionError)(url) from error
