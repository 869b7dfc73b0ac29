"""What a client may rely on: names, dtypes and shapes, in the saved model itself."""

from pathlib import Path

import keras
import numpy as np


def export_scorer(model: keras.Model, folder: Path, mean: np.ndarray, std: np.ndarray) -> None:
    """Save a model for a server, with two signatures that score raw features.

    >>> from pathlib import Path
    >>> model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    >>> export_scorer(model, Path("fraud/1"), np.float32([100, 0]), np.float32([50, 1]))
    >>> signatures = tf.saved_model.load("fraud/1").signatures
    >>> sorted(signatures)
    ['from_examples', 'serving_default']
    >>> signatures["serving_default"](features=tf.ones([5, 2]))["score"].shape
    TensorShape([5, 1])

    The model is built, and computes in float32. It was trained on `(features - mean) / std`, with n
    features. `mean` and `std` are float32, (n,).

    - `serving_default` takes `features`, float32, (batch, n).
    - `from_examples` takes `examples`, strings, (batch,).
    - Each of these is a serialized tf.train.Example with n floats under "features".
    - Both return `score`, float32, (batch, 1), and nothing else.
    - Clients send raw features.
    - A score is what the model predicts, not what it computes in training.

    Args:
        folder: has saved_model.pb directly in it afterwards.

    Beyond the idea:
        - An Example without "features", or with another number of them, is an error.
        - The model may be subclassed.
        - The graph names no device, so that it runs where its server puts it.
    """
    raise NotImplementedError
