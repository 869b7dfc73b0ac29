"""Hidden checks of q09."""

from __future__ import annotations

import numpy as np

from examiner.probes import Question, probe


@probe("q09", "running_total")
def totals(rng: np.random.Generator) -> Question:
    """The total grows by the sum of random batches of several shapes, within a tf.function."""
    shapes = [rng.integers(1, 6, size=2) for _ in range(5)]
    batches = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    sums = np.cumsum([batch.sum(dtype=np.float64) for batch in batches])
    return Question({"batches": batches}, [np.asarray(total, np.float32) for total in sums])


@probe("q09", "counter")
def counts(rng: np.random.Generator) -> Question:
    """Two counters, called in turns with batches of random sizes, count their own calls."""
    calls = [[int(which), int(rows)] for which, rows in rng.integers([0, 1], [2, 5], size=(20, 2))]
    seen = [0, 0]
    expected = []
    for which, _ in calls:
        seen[which] += 1
        expected.append(np.asarray(seen[which], np.int64))
    return Question({"calls": calls}, expected)
