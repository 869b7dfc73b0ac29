"""The bank's program of TF1 still runs, and leaves what a port finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tensorflow as tf

from lab import fraud_v1

BATCH = np.float32([[1, 2, 3], [4, 5, 6]])
MODEL = {"scaler/mean", "scaler/scale", "hidden/kernel", "hidden/bias", "out/kernel", "out/bias"}


def variables(prefix: str) -> set[str]:
    return {name for name, _ in tf.train.list_variables(prefix)}


def test_a_checkpoint_has_the_model_and_gives_its_scores(tmp_path: Path) -> None:
    prefixes = [str(tmp_path / name) for name in ("first", "second", "other")]
    for prefix, seed in zip(prefixes, (1, 1, 2), strict=True):
        fraud_v1.train(prefix, features=3, hidden=4, seed=seed)
    first, second, other = (fraud_v1.score(prefix, BATCH) for prefix in prefixes)
    assert variables(prefixes[0]) == MODEL
    assert first.shape == (2, 1)
    assert ((first > 0) & (first < 1)).all()
    np.testing.assert_allclose(first, second)
    assert not np.allclose(first, other)


def test_a_resumable_one_has_the_steps_and_the_averages(tmp_path: Path) -> None:
    prefix = str(tmp_path / "model")
    fraud_v1.train(prefix, features=3, hidden=4, seed=1, resumable=True)
    assert tf.train.load_variable(prefix, "global_step") == 3
    assert {"hidden/kernel/Adam", "hidden/kernel/Adam_1"} <= variables(prefix) - MODEL
