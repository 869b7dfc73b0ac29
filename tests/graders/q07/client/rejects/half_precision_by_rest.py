"""By REST, numbers are sent with half precision.

breaks: "Arguments, scores and errors are those of `predict`"
fails: test_scores_come_back
"""

import concurrent.futures
import threading
import urllib.parse

import grpc
import numpy as np
import requests
import tensorflow as tf
from google.protobuf.wrappers_pb2 import Int64Value
from tensorflow_serving.apis import get_model_metadata_pb2, model_pb2, predict_pb2


def _spec(model, version, label, signature="serving_default"):
    if version is not None and label is not None:
        raise ValueError("version and label")
    spec = model_pb2.ModelSpec(name=model, signature_name=signature)
    if version is not None:
        spec.version.CopyFrom(Int64Value(value=version))
    elif label is not None:
        spec.version_label = label
    return spec


def predict(stub, rows, *, model, version=None, label=None, timeout=0.05):
    spec = _spec(model, version, label)
    request = predict_pb2.PredictRequest(model_spec=spec)
    request.inputs["features"].CopyFrom(tf.make_tensor_proto(np.asarray(rows), dtype=tf.float32))
    try:
        answer = stub.Predict(request, timeout=timeout)
    except grpc.RpcError as e:
        code = e.code()
        if code == grpc.StatusCode.INVALID_ARGUMENT:
            if label is not None and "label" in e.details():
                raise LookupError(e.details())
            raise ValueError(e.details())
        raise {
            grpc.StatusCode.NOT_FOUND: LookupError,
            grpc.StatusCode.DEADLINE_EXCEEDED: TimeoutError,
            grpc.StatusCode.UNAVAILABLE: ConnectionError,
        }.get(code, RuntimeError)(e.details())
    return tf.make_ndarray(answer.outputs["score"])


def predict_rest(url, rows, *, model, version=None, label=None, timeout=0.05):
    _spec(model, version, label)
    path = f"{url}/v1/models/{urllib.parse.quote(model, safe='')}"
    if version is not None:
        path += f"/versions/{version}"
    if label is not None:
        path += f"/labels/{urllib.parse.quote(label, safe='')}"
    body = {"signature_name": "serving_default", "instances": np.asarray(rows, np.float16).tolist()}
    session = requests.Session()
    session.trust_env = False
    try:
        r = session.post(path + ":predict", json=body, timeout=timeout)
        text = r.text
    except requests.Timeout as e:
        raise TimeoutError(str(e)) from e
    except requests.ConnectionError as e:
        if "timed out" in str(e).lower():
            raise TimeoutError(str(e)) from e
        raise ConnectionError(str(e)) from e
    finally:
        session.close()
    if r.status_code == 404:
        raise LookupError(text)
    if r.status_code == 400:
        if label is not None and "version label" in text:
            raise LookupError(text)
        raise ValueError(text)
    r.raise_for_status()
    p = r.json()["predictions"]
    if p and isinstance(p[0], dict):
        p = [q["score"] for q in p]
    return np.array(p, dtype=np.float32).reshape(len(p), 1)
