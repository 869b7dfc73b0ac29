"""The layers are called one by one, without what the model computes between them.

breaks: "The model may be subclassed"
fails: test_a_subclassed_model_is_exported
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model: keras.Model, folder: Path, mean: np.ndarray, std: np.ndarray) -> None:
    """Save a model for a server, with two signatures that score raw features."""
    n = len(mean)

    def score(features):
        x = (features - mean) / std
        for layer in model.layers:
            if not isinstance(layer, keras.layers.InputLayer):
                x = layer(x)
        return {"score": x}

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
