"""An endpoint of its own; all rows are written before the model is; a folder beside the model's."""

import os
import shutil
import tempfile

import keras
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog


def serialized(row, dtype):
    log = PredictionLog()
    log.predict_log.request.model_spec.signature_name = "serving_default"
    log.predict_log.request.inputs["x"].CopyFrom(
        tf.make_tensor_proto(row, dtype, [1, *np.shape(row)])
    )
    return log.SerializeToString()


def publish(model, base_dir, warmup, version=None):
    base_dir = os.path.abspath(base_dir)
    records, dtype = [], "float32"
    if hasattr(model, "inputs"):
        dtype = model.inputs[0].dtype
    for row in warmup:
        if len(records) == 1000:
            raise ValueError("more than 1000 rows")
        records.append(serialized(row, dtype))
        width = np.shape(row)
    there = os.listdir(base_dir) if os.path.isdir(base_dir) else []
    if version is None:
        version = max([int(name) for name in there if name.isdecimal()] + [0]) + 1
    if str(version) in there:
        raise FileExistsError(f"version {version}")
    os.makedirs(os.path.dirname(base_dir), exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(base_dir)) as beside:
        new = os.path.join(beside, "new")
        archive = keras.export.ExportArchive()
        archive.track(model)
        archive.add_endpoint(
            "serving_default",
            lambda x: {"y": model(x, training=False)},
            [tf.TensorSpec([None, *width], dtype, name="x")],
        )
        archive.write_out(new, verbose=False)
        os.mkdir(os.path.join(new, "assets.extra"))
        with tf.io.TFRecordWriter(
            os.path.join(new, "assets.extra", "tf_serving_warmup_requests")
        ) as f:
            for record in records:
                f.write(record)
        os.makedirs(base_dir, exist_ok=True)
        os.replace(new, os.path.join(base_dir, str(version)))
    return version
