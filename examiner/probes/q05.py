"""Hidden checks of q05."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]
EPSILON = 1e-3  # of Keras's BatchNormalization


@probe("q05", "transfer")
def heads(rng: np.random.Generator) -> Question:
    """A trunk with random weights, saved, goes under a new head, and stays while that is trained.

    In the file there is another head; `build` always begins with the numbers in `fresh`.
    """
    features, units, classes, new_classes, rows = (int(n) for n in rng.integers(2, 7, size=5))
    gamma, variance = rng.uniform(0.5, 2.0, size=(2, units))
    beta, mean = rng.normal(size=(2, units))
    trunk = floats([*layer(rng, features, units), gamma, beta, mean, variance])
    fresh = floats(layer(rng, units, new_classes))
    x, y = floats([rng.normal(size=(rows, features)), rng.normal(size=(rows, new_classes))])
    codes = outputs_of(trunk, x)
    answer = codes @ fresh[0] + fresh[1]
    rate = float(rng.uniform(0.05, 0.2))
    slope = 2 * (answer - y) / answer.size
    trained = floats([fresh[0] - rate * codes.T @ slope, fresh[1] - rate * slope.sum(axis=0)])
    inputs = {
        "trunk": trunk,
        "old_head": floats(layer(rng, units, classes)),
        "fresh": fresh,
        "x": x,
        "y": y,
        "learning_rate": rate,
    }
    answer = answer.astype(np.float32)
    return Question(inputs, [trunk, answer, trunk, answer, trunk, trained], tolerance=1e-3)


def layer(rng: np.random.Generator, rows: int, columns: int) -> list[Any]:
    return [rng.normal(size=(rows, columns)), rng.normal(size=columns)]


def floats(arrays: list[Any]) -> list[Any]:
    return [np.asarray(each, np.float32) for each in arrays]


def outputs_of(trunk: list[Any], x: Array) -> Array:
    """What a dense layer with ReLU and a normalization, not in training, give."""
    kernel, bias, gamma, beta, mean, variance = trunk
    codes = np.maximum(x @ kernel + bias, 0)
    return np.asarray((codes - mean) / np.sqrt(variance + EPSILON) * gamma + beta, np.float32)
