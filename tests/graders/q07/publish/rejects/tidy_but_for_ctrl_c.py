"""The rows are read first. After that, only an Exception is cleaned up after.

breaks: "After an exception of any kind"
fails: test_nothing_is_left_of_a_failure
"""

import itertools
import os
import re
import shutil
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog


def _versions(base_dir):
    return [
        int(path.name)
        for path in base_dir.iterdir()
        if path.is_dir() and re.fullmatch("[0-9]+", path.name)
    ]


def _write(model, folder, rows):
    if getattr(model, "inputs", None):
        shape, dtype = list(model.inputs[0].shape[1:]), model.inputs[0].dtype
    else:
        shape, dtype = list(rows[0].shape), rows[0].dtype
    spec = tf.TensorSpec([None, *shape], dtype, name="features")

    @tf.function(input_signature=[spec])
    def serve(features):
        return {"score": model(features, training=False)}

    module = tf.Module()
    module.weights = [variable.value for variable in model.variables]
    tf.saved_model.save(module, str(folder), signatures={"serving_default": serve})
    extra = folder / "assets.extra"
    extra.mkdir()
    with tf.io.TFRecordWriter(str(extra / "tf_serving_warmup_requests")) as writer:
        for row in rows:
            request = PredictRequest()
            request.model_spec.name = "model"
            request.model_spec.signature_name = "serving_default"
            request.inputs["features"].CopyFrom(tf.make_tensor_proto(row[None], dtype=dtype))
            log = PredictionLog()
            log.predict_log.request.CopyFrom(request)
            writer.write(log.SerializeToString())


def publish(model, base_dir, warmup, version=None):
    base_dir = Path(base_dir)
    rows = [np.asarray(row) for row in itertools.islice(warmup, 1001)]
    if len(rows) > 1000:
        raise ValueError("a server takes 1000 warm-up requests at most")
    base_dir.mkdir(parents=True, exist_ok=True)
    there = _versions(base_dir)
    if version is None:
        version = max(there, default=0) + 1
    if version in there:
        raise FileExistsError(base_dir / str(version))
    draft = base_dir / "draft"
    try:
        draft.mkdir()
        _write(model, draft, rows)
        os.rename(draft, base_dir / str(version))
    except Exception:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return version
