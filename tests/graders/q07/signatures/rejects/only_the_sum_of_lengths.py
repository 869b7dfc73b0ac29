"""Only the values of the whole batch are counted.

breaks: "with another number of them"
fails: test_an_example_that_is_not_whole_is_an_error
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
        spec = {"features": tf.io.VarLenFeature(tf.float32)}
        values = tf.io.parse_example(examples, spec)["features"].values
        return score(tf.reshape(values, [tf.size(examples), n]))

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serving_default", score, [tf.TensorSpec([None, n], tf.float32, name="features")]
    )
    archive.add_endpoint(
        "from_examples", score_examples, [tf.TensorSpec([None], tf.string, name="examples")]
    )
    archive.write_out(folder, verbose=False)
