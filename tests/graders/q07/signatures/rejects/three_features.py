"""The number of features is that of the first model, for all of them.

breaks: "`serving_default` takes `features`, float32, (batch, n)"
fails: test_nothing_is_as_in_training
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model: keras.Model, folder: Path, mean: np.ndarray, std: np.ndarray) -> None:
    """Save a model for a server, with two signatures that score raw features."""
    n = 3

    def score(features):
        return {"score": model((features - mean) / std, training=False)}

    def score_examples(examples):
        spec = {"features": tf.io.FixedLenFeature([n], tf.float32)}
        return score(tf.io.parse_example(examples, spec)["features"])

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serving_default", score, [tf.TensorSpec([None, n], tf.float32, name="features")]
    )
    archive.add_endpoint(
        "from_examples", score_examples, [tf.TensorSpec([None], tf.string, name="examples")]
    )
    archive.write_out(folder, verbose=False)
