"""Hidden checks of q06."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]


@probe("q06", "returns")
def episodes(rng: np.random.Generator) -> Question:
    """Returns and gradients of random episodes, long and empty ones too, are right in one graph."""
    lengths = [int(rng.integers(1, 6)), 0, int(rng.integers(200, 400)), int(rng.integers(6, 60))]
    rewards = [rng.normal(size=length).astype(np.float32) for length in lengths]
    weights = [rng.normal(size=length).astype(np.float32) for length in lengths]
    gammas = [0.0, 0.9, float(np.float32(rng.uniform(0.3, 0.8))), 1.0]
    expected = [
        [discounted(each[::-1], gamma)[::-1], discounted(weight, gamma)]
        for each, weight, gamma in zip(rewards, weights, gammas, strict=True)
    ]
    gradients = [gradient for _, gradient in expected]
    returns = [each for each, _ in expected]
    inputs = {"rewards": rewards, "weights": weights, "gammas": gammas}
    return Question(inputs, [returns, returns, gradients])


def discounted(values: Array, gamma: float) -> Array:
    """For each place, the sum of the values up to it, discounted by how far they are away."""
    result, sum_ = [], 0.0
    for value in values:
        sum_ = float(value) + gamma * sum_
        result.append(sum_)
    return np.asarray(result, np.float32)


@probe("q06", "pitfalls")
def loops(rng: np.random.Generator) -> Question:
    """Counters, clippers, logs, scalers and policies of two random loops keep up, step by step."""
    inputs, expected = zip(*(loop(rng) for _ in range(2)), strict=True)
    return Question({"loops": list(inputs)}, list(expected))


def loop(rng: np.random.Generator) -> tuple[dict[str, Any], list[Any]]:
    """The inputs of one loop, and what the pieces give at each of its steps."""
    steps = int(rng.integers(5, 9))
    rewards = (rng.normal(size=steps) * 3).astype(np.float32)
    limits = rng.uniform(0.5, 3.0, size=steps).astype(np.float32)
    observations = rng.normal(size=(steps, 2, 3)).astype(np.float32)
    temperatures = [float(t) for t in np.sort(rng.uniform(0.3, 2.0, size=steps))[::-1]]
    kernel = rng.normal(size=(3, 4)).astype(np.float32)
    largest = np.maximum(np.maximum.accumulate(np.abs(rewards)), 1)
    expected = [
        [
            number + 1,
            np.clip(rewards[number], -limits[number], limits[number]),
            rewards[number] / largest[number],
            np.mean(rewards[: number + 1], dtype=np.float64).astype(np.float32),
            softmax(observations[number] @ kernel / temperatures[number]),
        ]
        for number in range(steps)
    ]
    inputs = {
        "rewards": rewards,
        "limits": [float(limit) for limit in limits],
        "observations": observations,
        "temperatures": temperatures,
        "kernel": kernel,
    }
    return inputs, [[count, *map(np.asarray, arrays)] for count, *arrays in expected]


def softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
