"""Hidden checks of q11."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]


@probe("q11", "twins")
def distances(rng: np.random.Generator) -> Question:
    """Distances follow from an encoder's random weights, again when they change, and reloaded."""
    features, hidden, size, rows = (int(n) for n in rng.integers(2, 7, size=4))
    shapes = [(features, hidden), (hidden,), (hidden, size), (size,)]
    weights = [[rng.normal(size=s).astype(np.float32) for s in shapes] for _ in range(2)]
    pairs = [
        [rng.normal(size=(rows + more, features)).astype(np.float32) for _ in range(2)]
        for more in range(2)
    ]
    weights[1][3] += np.float32(100)  # codes far from 0, and close together
    pairs[1][1] = pairs[1][0] + 0.02 * pairs[1][1]
    expected = [distance(*each) for each in zip(weights, pairs, strict=True)]
    inputs = {"weights": weights, "pairs": pairs}
    return Question(inputs, [*expected, expected[-1]], tolerance=1.5e-3)


def distance(weights: list[Array], pair: list[Array]) -> Array:
    first, bias, second, last = (each.astype(np.float64) for each in weights)
    a, b = (np.maximum(x @ first + bias, 0) @ second + last for x in pair)
    return np.asarray(np.sqrt(((a - b) ** 2).sum(axis=1, keepdims=True)), np.float32)


@probe("q11", "settle")
def settled(rng: np.random.Generator) -> Question:
    """A random layer is applied to random batches as often as they need, in one graph."""
    features, limit = int(rng.integers(2, 6)), float(np.float32(rng.uniform(0.5, 2.0)))
    turn, _ = np.linalg.qr(rng.normal(size=(features, features)))
    kernel = (turn * rng.uniform(0.8, 0.88)).astype(np.float32)
    batches = [
        batch_that_settles(rng, features, kernel, limit, size) for size in (0.1, 5.0, 1e4, 10.0)
    ]
    results = [result for _, result in batches]
    inputs = {"kernel": kernel, "limit": limit, "batches": [batch for batch, _ in batches]}
    return Question(inputs, [results, results], tolerance=1e-3)


def batch_that_settles(
    rng: np.random.Generator, features: int, kernel: Array, limit: float, size: float
) -> tuple[Array, Array]:
    """A batch and what becomes of it, never so close to the limit that rounding would matter."""
    while True:
        drawn = rng.normal(size=(int(rng.integers(1, 5)), features)) * size * limit
        x = batch = drawn.astype(np.float32)
        tops = [np.abs(x).max()]
        while tops[-1] > limit:
            x = np.asarray(x.astype(np.float64) @ kernel, np.float32)
            tops.append(np.abs(x).max())
        if min(abs(top - limit) for top in tops) > 0.01 * limit:
            return batch, x
