"""The parsed features are sent back, too.

breaks: "and nothing else"
fails: test_from_examples_is_as_promised
"""

import os

import keras
import numpy as np
import tensorflow as tf


def export_scorer(
    model: keras.Model, folder: str | os.PathLike, mean: np.ndarray, std: np.ndarray
) -> None:
    n = len(mean)

    def score(features):
        return {"score": model((features - mean) / std, training=False)}

    def score_examples(examples):
        spec = {"features": tf.io.FixedLenFeature([n], tf.float32)}
        features = tf.io.parse_example(examples, spec)["features"]
        return {**score(features), "features": features}

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serving_default", score, [tf.TensorSpec([None, n], tf.float32, name="features")]
    )
    archive.add_endpoint(
        "from_examples", score_examples, [tf.TensorSpec([None], tf.string, name="examples")]
    )
    archive.write_out(folder, verbose=False)
