"""Hidden checks of q01."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]


@probe("q01", "loops")
def repayments(rng: np.random.Generator) -> Question:
    """Months and balances of random debts are right to the cent, in eager mode and in one graph."""
    plans = [
        plan(rng, debt=int(rng.integers(10_000, 200_000)), limit=int(rng.integers(2**33, 2**40))),
        plan(rng, debt=int(rng.integers(2**33, 2**36)), limit=100),  # more than an int32 holds
        plan(rng, debt=int(rng.integers(10_000, 200_000)), limit=int(rng.integers(1, 5))),
        parts_of_a_cent(rng),
        [int(rng.integers(10_000, 10**6)), 300, 0, int(rng.integers(3, 40))],  # it only grows
        [0, int(rng.integers(1, 100)), 500, 12],
    ]
    owed = [balances(*each) for each in plans]
    expected = [[len(each), np.asarray(each, np.int64)] for each in owed]
    return Question({"plans": plans}, [expected, expected])


def plan(rng: np.random.Generator, debt: int, limit: int) -> list[int]:
    """Debt, rate, payment and limit; it is paid within a year or so."""
    return [debt, int(rng.integers(20, 150)), debt // int(rng.integers(5, 13)), limit]


def parts_of_a_cent(rng: np.random.Generator) -> list[int]:
    """A small debt that takes years, in which what is dropped adds up."""
    debt, rate = int(rng.integers(400, 600)), int(rng.integers(100, 150))
    return [debt, rate, debt * rate // 10_000 + 3, 10**4]


def balances(debt: int, rate: int, payment: int, limit: int) -> list[int]:
    """What is owed after each month."""
    owed: list[int] = []
    while debt > 0 and len(owed) < limit:
        debt = max(debt + debt * rate // 10_000 - payment, 0)
        owed.append(debt)
    return owed


@probe("q01", "port_session")
def scores(rng: np.random.Generator) -> Question:
    """The scores are those of a checkpoint with random weights, for batches of several sizes."""
    features, hidden = (int(size) for size in rng.integers(2, 7, size=2))
    drawn = {
        "scaler/mean": rng.normal(size=features),
        "scaler/scale": rng.uniform(0.5, 2.0, size=features),
        "hidden/kernel": rng.normal(size=(features, hidden)),
        "hidden/bias": rng.normal(size=hidden),
        "out/kernel": rng.normal(size=(hidden, 1)),
        "out/bias": rng.normal(size=1),
    }
    weights = {name: value.astype(np.float32) for name, value in drawn.items()}
    kinds = ["float32", *rng.permutation(["float16", "float64", "int8", "uint16", "int64"])[:3]]
    batches = [
        rng.uniform(0, 4, size=(int(rng.integers(1, 8)), features)).astype(kind) for kind in kinds
    ]
    expected = [score(weights, batch.astype(np.float32)) for batch in batches]
    return Question({"weights": weights, "batches": batches}, [expected, expected])


def score(
    weights: dict[str, Array],
    x: Array,
) -> Array:
    scaled = (x - weights["scaler/mean"]) / weights["scaler/scale"]
    hidden = np.maximum(scaled @ weights["hidden/kernel"] + weights["hidden/bias"], 0)
    result = 1 / (1 + np.exp(-(hidden @ weights["out/kernel"] + weights["out/bias"])))
    return np.asarray(result, np.float32)
