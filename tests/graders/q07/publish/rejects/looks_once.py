"""The folder is looked at once, and its numbers are remembered.

breaks: "one more than the highest that is there"
fails: test_a_thousand_rows_and_no_more, test_the_next_version_is_the_next_number
"""

import functools
import os
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

MOST_WARM_UP_ROWS = 1000


@functools.cache
def highest(folder):
    return max((int(p.name) for p in folder.iterdir() if p.name.isdecimal()), default=0)


def publish(
    model: keras.Model, base_dir: Path, warmup: Iterable[np.ndarray], version: int | None = None
) -> int:
    """Put a model into the folder that a model server watches, as a new version."""
    base_dir.mkdir(parents=True, exist_ok=True)
    if version is None:
        version = 1 + highest(base_dir)
    final = base_dir / str(version)
    if final.exists():
        raise FileExistsError(final)
    # Beside the version, so that it is on the same disk; the dot keeps it from being a number.
    staging = base_dir / f".publish-{uuid.uuid4()}"
    try:
        model.export(staging, verbose=False)
        write_warm_up(staging, base_dir.name, warmup)
        os.rename(staging, final)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return version


def write_warm_up(folder: Path, name: str, rows: Iterable[np.ndarray]) -> None:
    """The requests that a server replays when it loads the version."""
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
