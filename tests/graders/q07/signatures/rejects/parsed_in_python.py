"""Examples are parsed by Python, within tf.numpy_function.

breaks: "Each of these is a serialized tf.train.Example"
fails: test_a_subclassed_model_is_exported, test_an_example_that_is_not_whole_is_an_error, test_examples_are_scored, test_it_runs_where_the_server_puts_it, test_nothing_is_as_in_training, test_raw_features_are_scored
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model: keras.Model, folder: Path, mean: np.ndarray, std: np.ndarray) -> None:
    n = len(mean)

    def score_of(raw):
        scaled = (raw - mean) / std
        return {"score": model(scaled, training=False)}

    def score_features(features):
        return score_of(features)

    def score_examples(examples):
        def parse(batch):
            rows = [
                tf.train.Example.FromString(one).features.feature["features"].float_list.value
                for one in batch
            ]
            return np.array([list(row) for row in rows], np.float32).reshape(len(rows), n)

        return score_of(
            tf.ensure_shape(tf.numpy_function(parse, [examples], tf.float32), [None, n])
        )

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
