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
