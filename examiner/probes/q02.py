"""Hidden checks of q02."""

from __future__ import annotations

import numpy as np

from examiner.probes import Question, probe

SIZES = {  # powers of ten, near the limits and far from them
    "vanishing": [(-12.0, -7.0), (-6.5, -6.05)],
    "ok": [(-5.95, -5.3), (-5.0, 2.3), (2.5, 2.95)],
    "exploding": [(3.05, 3.5), (4.0, 8.0)],
}
STATES = [*SIZES, "dead", "nan"]


@probe("q02", "diagnose")
def states(rng: np.random.Generator) -> Question:
    """Each of some random gradients, logged in two files, gets the state of its last step."""
    steps = [int(step) for step in np.sort(rng.choice(1000, size=3, replace=False))]
    points, expected = [], {}
    for number, last in enumerate(rng.permutation([*STATES, *SIZES, "ok"])):
        path = "/".join(f"{part}_{rng.integers(1000)}" for part in ("net", "dense"))
        path += f"/{number}"
        history = [*rng.choice(STATES[:-1], size=len(steps) - 1), last]
        if number == 0:
            history[0] = "nan"
        points += [
            [f"grad/{path}", step, gradient(rng, state)]
            for step, state in zip(steps, history, strict=True)
        ]
        expected[path] = "nan" if "nan" in history else str(last)
    points.append(["weight/grad/net", steps[-1], gradient(rng, "nan")])
    order = rng.permutation(len(points))
    return Question({"points": [points[place] for place in order]}, expected)


def gradient(rng: np.random.Generator, state: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Numbers of a gradient in this state; the largest, by its absolute value, tells."""
    values = rng.uniform(-0.9, 0.9, size=int(rng.integers(3, 30))) ** 5  # most are small
    place = rng.integers(len(values))
    if state in SIZES:
        values[place] = rng.choice([-1.0, 1.0])
        values *= 10 ** rng.uniform(*rng.choice(SIZES[state]))
    elif state == "dead":
        values[:] = 0.0
    else:
        values[place] = rng.choice([np.nan, np.inf, -np.inf])
    return values.astype(np.float32)
