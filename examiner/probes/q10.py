"""Hidden checks of q10."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[Any]]


@probe("q10", "losses")
def both(rng: np.random.Generator) -> Question:
    """Both losses and their gradients are exact for random logits of any shape and size."""
    shapes = [(5, 1), (int(rng.integers(2, 9)), 1), tuple(rng.integers(1, 5, size=3)), (3,)]
    pairs, expected = [], []
    for shape, scale in zip(shapes, (1.0, 5.0, 2.0, 500.0), strict=True):
        more = (shape[0] + int(rng.integers(1, 4)), *shape[1:])
        fake = (scale * rng.normal(size=shape)).astype(np.float32)
        real = (scale * rng.normal(size=more)).astype(np.float32)
        pairs.append([real, fake])
        to_real, to_fake = cross_entropy(fake, 1), cross_entropy(fake, 0)
        of_real = cross_entropy(real, 1)
        generator = [to_real[0], to_real[1]]
        discriminator = [of_real[0] + to_fake[0], of_real[1], to_fake[1]]
        expected.append([np.asarray(each, np.float32) for each in generator + discriminator])
    return Question({"pairs": pairs}, expected)


def cross_entropy(logits: Array, label: int) -> tuple[Any, Array]:
    """The mean of -log of the probability of the label, and its gradient."""
    x = logits.astype(np.float64)
    p = np.exp(-np.logaddexp(0, -x))
    return np.mean(np.logaddexp(0, -x if label else x)), (p - label) / x.size


@probe("q10", "training_loop")
def histories(rng: np.random.Generator) -> Question:
    """The history has the means over all rows of random data, batch by batch and epoch by epoch.

    One of the losses is what a variable holds that each step adds to.
    """
    sizes = [int(rng.integers(1, 5)) for _ in range(int(rng.integers(3, 6)))]
    batches = [rng.normal(loc=2.0, size=(size, 3)).astype(np.float32) for size in sizes]
    epochs, noise_dim = int(rng.integers(2, 4)), int(rng.integers(1, 6))
    factor, state = float(np.float32(rng.uniform(0.5, 2.0))), 0.0
    expected: dict[str, list[float]] = {"scaled": [], "state": [], "noise": []}
    for _ in range(epochs):
        rows = []
        for batch in batches:
            state += float(batch.sum())
            rows.append([factor * float(batch.mean()), state, batch.shape[0] * noise_dim])
        means = np.average(rows, axis=0, weights=sizes)
        for name, mean in zip(expected, means, strict=True):
            expected[name].append(float(mean))
    inputs = {
        "batches": batches,
        "epochs": epochs,
        "noise_dim": noise_dim,
        "seed": int(rng.integers(1 << 16)),
        "factor": factor,
    }
    return Question(inputs, expected, tolerance=1e-3)
