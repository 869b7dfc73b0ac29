"""The model is called without training=False, and trains by default.

breaks: "not what it computes in training"
fails: test_a_subclassed_model_is_exported
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model: keras.Model, folder: Path, mean: np.ndarray, std: np.ndarray) -> None:
    n = len(mean)

    def score_of(raw):
        scaled = (raw - mean) / std
        return {"score": model(scaled)}

    def score_features(features):
        return score_of(features)

    def score_examples(examples):
        how = {"features": tf.io.FixedLenFeature([n], tf.float32)}
        return score_of(tf.io.parse_example(examples, how)["features"])

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serving_default",
        score_features,
        input_signature=[tf.TensorSpec([None, n], tf.float32, name="features")],
    )
    archive.add_endpoint(
        "from_examples",
        score_examples,
        input_signature=[tf.TensorSpec([None], tf.string, name="examples")],
    )
    archive.write_out(str(folder), verbose=False)
