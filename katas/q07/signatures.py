"""What a client may rely on: names, dtypes and shapes, in the saved model itself."""

import os

import keras
import numpy as np


def export_scorer(
    model: keras.Model, folder: str | os.PathLike, mean: np.ndarray, std: np.ndarray
) -> None:
    """Save a model for a server, with two signatures and all that has to be done to raw features.

    The model was trained on `(features - mean) / std`. Clients send raw features; no client has to
    know the mean, nor how an Example is taken apart. Both signatures take batches of every size:

    - `serving_default` takes `features`, float32, (batch, n).
    - `from_examples` takes `examples`, strings, (batch,): each is a serialized tf.train.Example
      with n float values under "features". One without them, or with another number of them, is
      an error.

    Both return `score`, float32, (batch, 1): what the model predicts. The graph names no device: it
    runs on the one that its server gives it.

    Args:
        model: built, from n features to one score.
        folder: where the SavedModel is written: its saved_model.pb lies directly in it.
        mean, std: float32, (n,).
    """
    raise NotImplementedError
