"""gRPC by future; REST by columns, with requests."""

from urllib.parse import quote

import grpc
import numpy as np
import requests
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2

MEANINGS = {
    "NOT_FOUND": LookupError,
    "DEADLINE_EXCEEDED": TimeoutError,
    "UNAVAILABLE": ConnectionError,
    "INVALID_ARGUMENT": ValueError,
}


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    if not (version is None or label is None):
        raise ValueError("version and label")
    request = predict_pb2.PredictRequest()
    spec = request.model_spec
    spec.name, spec.signature_name = model, "serving_default"
    if version is not None:
        spec.version.value = int(version)
    elif label is not None:
        spec.version_label = label
    request.inputs["features"].CopyFrom(tf.make_tensor_proto(np.asarray(rows), tf.float32))
    call = stub.Predict.future(request, timeout=timeout)
    if error := call.exception():
        unknown_label = "Unrecognized servable version label" in error.details()
        kind = LookupError if unknown_label else MEANINGS.get(error.code().name, RuntimeError)
        raise kind(f"{error.code().name}: {error.details()}")
    score = call.result().outputs["score"]
    return (
        np.reshape(score.float_val, [-1, 1]).astype("float32")
        if score.float_val
        else tf.make_ndarray(score)
    )


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    if not (version is None or label is None):
        raise ValueError("version and label")
    path = ["v1", "models", quote(model, "")]
    if version is not None:
        path += ["versions", str(version)]
    elif label is not None:
        path += ["labels", quote(label, "")]
    body = {"signature_name": "serving_default", "inputs": {"features": np.asarray(rows).tolist()}}
    try:
        reply = requests.post(
            url.rstrip("/") + "/" + "/".join(path) + ":predict", json=body, timeout=timeout
        )
    except requests.Timeout as error:
        raise TimeoutError(str(error)) from None
    except requests.ConnectionError as error:
        stalled = "timed out" in str(error)  # in the middle of the answer
        raise (TimeoutError if stalled else ConnectionError)(str(error)) from None
    if reply.ok:
        return np.array(reply.json()["outputs"], dtype=np.float32).reshape(-1, 1)
    message = reply.json()["error"]
    unknown = reply.status_code == 404 or "label" in message
    raise (LookupError if unknown else ValueError)(message)
