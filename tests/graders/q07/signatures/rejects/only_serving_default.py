"""There is one signature.

breaks: "`from_examples` takes"
fails: test_an_example_that_is_not_whole_is_an_error, test_examples_are_scored, test_from_examples_is_as_promised, test_it_runs_where_the_server_puts_it, test_nothing_is_as_in_training
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
        return score(tf.io.parse_example(examples, spec)["features"])

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serving_default", score, [tf.TensorSpec([None, n], tf.float32, name="features")]
    )
    archive.write_out(folder, verbose=False)
