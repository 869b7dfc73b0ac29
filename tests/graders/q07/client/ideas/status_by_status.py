"""Each status is one exception, and names go into the URL as they are."""

import grpc
import numpy as np
import requests
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

ERRORS = {
    "NOT_FOUND": LookupError,
    "DEADLINE_EXCEEDED": TimeoutError,
    "UNAVAILABLE": ConnectionError,
}


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    request = PredictRequest()
    request.model_spec.name = model
    if version:
        request.model_spec.version.value = version
    if label:
        request.model_spec.version_label = label
    request.inputs["features"].CopyFrom(tf.make_tensor_proto(np.float32(rows)))
    try:
        answer = stub.Predict(request, timeout)
    except grpc.RpcError as error:
        raise ERRORS.get(error.code().name, ValueError)(error.details()) from None
    return tf.make_ndarray(answer.outputs["score"])


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    which = f"/versions/{version}" if version else f"/labels/{label}" if label else ""
    place = f"{url}/v1/models/{model}{which}:predict"
    try:
        body = {"instances": np.float32(rows).tolist()}
        answer = requests.post(place, json=body, timeout=timeout)
    except requests.Timeout:
        raise TimeoutError(url) from None
    except requests.ConnectionError:
        raise ConnectionError(url) from None
    if not answer.ok:
        raise (LookupError if answer.status_code == 404 else ValueError)(answer.text)
    return np.float32(answer.json()["predictions"])
