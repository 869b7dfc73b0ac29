"""The signature computes as in training.

breaks: "The server predicts what `model(rows)` gives"
fails: test_the_server_predicts_as_the_model
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

MOST_WARM_UP_ROWS = 1000


def publish(
    model: keras.Model,
    base_dir: str | os.PathLike,
    warmup: Iterable[np.ndarray],
    version: int | None = None,
) -> int:
    base = Path(base_dir)
    base.mkdir(parents=True, exist_ok=True)
    if version is None:
        version = 1 + max((int(p.name) for p in base.iterdir() if p.name.isdecimal()), default=0)
    final = base / str(version)
    if final.exists():
        raise FileExistsError(final)
    # Beside the version, so that it is on the same disk; the dot keeps it from being a number.
    staging = Path(tempfile.mkdtemp(prefix=".publish-", dir=base))
    try:
        dtype = model.inputs[0].dtype if getattr(model, "inputs", None) else "float32"
        archive = keras.export.ExportArchive()
        archive.track(model)
        shape = [None, 3]
        spec = tf.TensorSpec(shape, dtype, name="features")
        archive.add_endpoint("serving_default", lambda x: model(x, training=True), [spec])
        archive.write_out(staging, verbose=False)
        write_warm_up(staging, base.name, warmup)
        os.rename(staging, final)
    except BaseException:
        shutil.rmtree(staging)
        raise
    return version


def write_warm_up(folder: Path, name: str, rows: Iterable[np.ndarray]) -> None:
    signature = tf.saved_model.load(str(folder)).signatures["serving_default"]
    ((name_of_input, spec),) = signature.structured_input_signature[1].items()
    extra = folder / "assets.extra"
    extra.mkdir()
    with tf.io.TFRecordWriter(str(extra / "tf_serving_warmup_requests")) as writer:
        for count, row in enumerate(rows, start=1):
            if count > MOST_WARM_UP_ROWS:
                raise ValueError(f"more than {MOST_WARM_UP_ROWS} rows to warm up with")
            log = PredictionLog()
            request = log.predict_log.request
            request.model_spec.name = name
            request.model_spec.signature_name = "serving_default"
            batch = np.asarray(row, spec.dtype.as_numpy_dtype)[None]
            request.inputs[name_of_input].CopyFrom(tf.make_tensor_proto(batch))
            writer.write(log.SerializeToString())
