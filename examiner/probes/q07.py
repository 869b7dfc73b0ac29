"""Hidden checks of q07."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]
CHARACTERS = list("abcXYZ019 .-_'\"\\{}:#äß")


def text(rng: np.random.Generator) -> str:
    return "".join(rng.choice(CHARACTERS, size=int(rng.integers(3, 20))))


@probe("q07", "server_config")
def configurations(rng: np.random.Generator) -> Question:
    """Names, paths, labels and sizes, all random, are read from the files as they were given."""
    models: list[list[Any]] = []
    for count in (1, 3):
        labels = {f"{number}{text(rng)}": int(rng.integers(1, 10**9)) for number in range(count)}
        models.append([text(rng), f"/{text(rng)}", labels])
    expected = [
        [name, path, "tensorflow", sorted(set(labels.values())), labels]
        for name, path, labels in models
    ]
    batching: list[dict[str, Any]] = [
        {
            "max_batch_size": (size := int(rng.integers(20, 99))),
            "timeout_ms": int(rng.integers(1, 5000)) / 8,
            "threads": int(rng.integers(1, 99)),
            "allowed": [int(rng.integers(1, 9)), int(rng.integers(9, 20)), size][start:],
        }
        for start in (0, 2, 3)
    ]
    read = [
        [each["max_batch_size"], round(each["timeout_ms"] * 1000), each["threads"], each["allowed"]]
        for each in batching
    ]
    return Question({"models": models, "batching": batching}, [expected, read])


@probe("q07", "signatures")
def served(rng: np.random.Generator) -> Question:
    """Both signatures, once saved and loaded, give a random model's scores for raw features."""
    features = int(rng.integers(2, 6))
    shapes = ((features,), (features, 1), (1,))
    mean, kernel, bias = (rng.normal(size=shape).astype(np.float32) for shape in shapes)
    std = rng.uniform(0.5, 3.0, size=features).astype(np.float32)
    batches = [rng.normal(size=(n, features)).astype(np.float32) for n in (1, 3, 8)]
    scores = [np.asarray((x - mean) / std @ kernel + bias, np.float32) for x in batches]
    inputs = {"mean": mean, "std": std, "kernel": kernel, "bias": bias, "batches": batches}
    return Question(inputs, [scores, scores], tolerance=1e-3)
