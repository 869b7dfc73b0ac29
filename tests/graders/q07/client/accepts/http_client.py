"""with_call, and http.client; a row is an object with the name of its input."""

import http.client
import json
import urllib.parse

import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest


class NotThere(LookupError):
    pass


def translated(status, message):
    if status in ("NOT_FOUND", 404) or "servable version label" in message:
        raise NotThere(message)
    if status in ("INVALID_ARGUMENT", 400):
        raise ValueError(message)
    if status == "DEADLINE_EXCEEDED":
        raise TimeoutError(message)
    if status == "UNAVAILABLE":
        raise ConnectionRefusedError(message)
    raise OSError(message)


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label is not None:
        raise ValueError("choose")
    spec = {"name": model}
    if version is not None:
        spec["version"] = {"value": version}
    if label is not None:
        spec["version_label"] = label
    features = tf.make_tensor_proto(np.array(rows, dtype=np.float32))
    request = PredictRequest(
        model_spec=spec, inputs={"features": features}, output_filter=["score"]
    )
    try:
        response, _ = stub.Predict.with_call(request, timeout=timeout)
    except grpc.RpcError as error:
        translated(error.code().name, error.details())
    return tf.io.parse_tensor(response.outputs["score"].SerializeToString(), tf.float32).numpy()


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    if version is not None and label is not None:
        raise ValueError("choose")
    path = "/v1/models/" + urllib.parse.quote(model, safe="")
    if version is not None:
        path += f"/versions/{version}"
    if label is not None:
        path += "/labels/" + urllib.parse.quote(label, safe="")
    instances = [{"features": [float(x) for x in row]} for row in rows]
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=timeout)
    try:
        connection.request("POST", path + ":predict", json.dumps({"instances": instances}))
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    if response.status != 200:
        translated(response.status, answer["error"])
    return np.array(answer["predictions"], "float32")
