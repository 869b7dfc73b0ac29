"""Small models for a server to serve."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import tensorflow as tf

from lab.serving.core import Settings
from lab.serving.embedded import EmbeddedServer, RestOptions
from lab.serving.target import one_model

QUICK = Settings(labels_for_unavailable=True, most_retries=0, seconds_between_looks=0.02)


class Scorer(tf.Module):
    """The score of a row is the sum of its three features plus a number.

    It is a product with a column of ones, so that rows with another number of features are refused
    by the runtime.
    """

    def __init__(self, number: float):
        super().__init__()
        self.number = tf.Variable(float(number))

    @tf.function(
        input_signature=[tf.TensorSpec([None, 3], tf.float32, name="features")], autograph=False
    )
    def score(self, features: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"score": tf.matmul(features, tf.ones([3, 1])) + self.number}


@cache
def files(number: float) -> dict[str, bytes]:
    """What a SavedModel of a Scorer has in it; saved once, since tests need dozens of copies."""
    model = Scorer(number)
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(model, folder, signatures=model.score)
        paths = [path for path in Path(folder).rglob("*") if path.is_file()]
        return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def save(base: Path, version: int | str, number: float) -> None:
    """Make a version of a model in its folder, with saved_model.pb last, as TensorFlow does."""
    content = files(float(number))
    for name in sorted(content, key="saved_model.pb".__eq__):
        path = base / str(version) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[name])


@contextmanager
def served(versions: Iterable[int], **labels: int) -> Iterator[EmbeddedServer]:
    """A server of a model "fraud", by gRPC and REST, whose version n adds n to the sum of a row."""
    with tempfile.TemporaryDirectory() as folder:
        for version in versions:
            save(Path(folder), version, number=version)
        with EmbeddedServer(
            one_model(folder, "fraud", **labels), QUICK, rest=RestOptions()
        ) as server:
            yield server
