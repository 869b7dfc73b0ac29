"""Small models for a server to serve."""

from __future__ import annotations

from pathlib import Path

import tensorflow as tf


class Scorer(tf.Module):
    """The score of a row is the sum of its three features plus a number."""

    def __init__(self, number: float):
        super().__init__()
        self.number = tf.Variable(float(number))

    @tf.function(
        input_signature=[tf.TensorSpec([None, 3], tf.float32, name="features")], autograph=False
    )
    def score(self, features: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"score": tf.reduce_sum(features, 1, keepdims=True) + self.number}


def save(base: Path, version: int | str, number: float) -> None:
    """Make a version of a model in its folder."""
    model = Scorer(number)
    tf.saved_model.save(model, str(base / str(version)), signatures=model.score)
