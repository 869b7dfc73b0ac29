"""The version is a link to a folder that is complete; a tf.Module holds the raw variables."""

import itertools
import os
import shutil
import uuid
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_log_pb2


def dtype_of(model):
    """A subclassed model knows no inputs, and computes in float32."""
    return model.inputs[0].dtype if getattr(model, "inputs", None) else "float32"


class Served(tf.Module):
    def __init__(self, model, shape):
        super().__init__()
        self.variables_of_model = [v.value for v in model.variables]
        spec = tf.TensorSpec([None, *shape], dtype_of(model), name="rows")
        self.predict = tf.function(
            lambda rows: {"prediction": model(rows, training=False)}, input_signature=[spec]
        )


def request(row, dtype):
    message = predict_pb2.PredictRequest()
    message.inputs["rows"].CopyFrom(tf.make_tensor_proto(np.array([row], dtype)))
    return prediction_log_pb2.PredictionLog(
        predict_log=prediction_log_pb2.PredictLog(request=message)
    ).SerializeToString()


def publish(model, base_dir, warmup, version=None):
    rows = list(itertools.islice(warmup, 1001))
    if len(rows) > 1000:
        raise ValueError("at most 1000 rows")
    base = Path(base_dir)
    numbers = [int(p.name) for p in base.glob("*") if p.name.isdecimal()]
    if version is None:
        version = max([0, *numbers]) + 1
    if version in numbers:
        raise FileExistsError(version)
    existed = base.exists()
    store = base / f"saved-{uuid.uuid4().hex}-model"
    try:
        served = Served(model, np.shape(rows[0]))
        tf.saved_model.save(served, str(store), signatures=served.predict)
        os.makedirs(store / "assets.extra")
        with tf.io.TFRecordWriter(f"{store}/assets.extra/tf_serving_warmup_requests") as file:
            for row in rows:
                file.write(request(row, dtype_of(model)))
        os.symlink(store.name, base / f"{version}")
    except BaseException:
        shutil.rmtree(base if not existed else store, ignore_errors=True)
        raise
    return version
