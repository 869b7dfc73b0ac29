"""Only the export is inside of try: a failure after it leaves the draft.

breaks: "After an exception of any kind"
fails: test_nothing_is_left_of_a_failure
"""

import itertools
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras.src.export.export_utils import get_input_signature
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

MOST = 1000


def publish(
    model: keras.Model, base_dir: Path, warmup: Iterable[np.ndarray], version: int | None = None
) -> int:
    base_dir = Path(base_dir)
    rows = list(itertools.islice(warmup, MOST + 1))
    if len(rows) > MOST:
        raise ValueError(f"a server loads no version with more than {MOST} rows of warm-up")
    base_dir.mkdir(parents=True, exist_ok=True)
    there = versions_in(base_dir)
    if version is None:
        version = max(there, default=0) + 1
    if version in there:
        raise FileExistsError(f"version {version} is there")
    staging = base_dir / ".draft"
    staging.mkdir()
    try:
        whole = staging / "whole"
        spec = export(model, whole)
    except BaseException:
        shutil.rmtree(staging)
        raise
    write_warmup(whole, rows, spec)
    os.rename(whole, base_dir / str(version))
    staging.rmdir()
    return version


def versions_in(base_dir: Path) -> set[int]:
    return {int(p.name) for p in base_dir.iterdir() if re.fullmatch("[0-9]+", p.name)}


def export(model: keras.Model, folder: Path) -> tf.TensorSpec:
    (found,) = keras.tree.flatten(get_input_signature(model))
    spec = tf.TensorSpec([None, *found.shape[1:]], found.dtype, name="inputs")

    def serve(inputs):
        if model._call_has_training_arg:
            return model(inputs, training=False)
        return model(inputs)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serving_default", serve, input_signature=[spec])
    archive.write_out(str(folder), verbose=False)
    return spec


def write_warmup(folder: Path, rows: list[np.ndarray], spec: tf.TensorSpec) -> None:
    (folder / "assets").mkdir(exist_ok=True)
    extra = folder / "assets.extra"
    extra.mkdir()
    with tf.io.TFRecordWriter(str(extra / "tf_serving_warmup_requests")) as writer:
        for row in rows:
            batch = np.asarray(row).astype(spec.dtype.as_numpy_dtype)[np.newaxis]
            log = PredictionLog()
            request = log.predict_log.request
            request.model_spec.name = folder.parent.parent.name
            request.model_spec.signature_name = "serving_default"
            request.inputs["inputs"].CopyFrom(tf.make_tensor_proto(batch, dtype=spec.dtype))
            writer.write(log.SerializeToString())
