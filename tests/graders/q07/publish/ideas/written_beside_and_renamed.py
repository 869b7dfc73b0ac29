"""Written beside the version and renamed; of a functional model, with float32 rows."""

import numpy as np
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog


def publish(model, base_dir, warmup, version=None):
    base_dir.mkdir(parents=True, exist_ok=True)
    if version is None:
        version = max([int(path.name) for path in base_dir.iterdir()], default=0) + 1
    if (base_dir / str(version)).exists():
        raise FileExistsError(f"version {version} is there")
    draft = base_dir / "draft"
    model.export(draft, verbose=False)
    (draft / "assets.extra").mkdir()
    with tf.io.TFRecordWriter(f"{draft}/assets.extra/tf_serving_warmup_requests") as file:
        for row in warmup:
            log = PredictionLog()
            inputs = log.predict_log.request.inputs
            inputs[model.inputs[0].name].CopyFrom(tf.make_tensor_proto(np.float32(row)[None]))
            file.write(log.SerializeToString())
    draft.rename(base_dir / str(version))
    return version
