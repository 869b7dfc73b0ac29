"""Hidden checks of q08."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

BYTES = {"float32": 4, "bfloat16": 2, "float16": 2, "mixed_bfloat16": 4, "mixed_float16": 4}
GIGABYTES = [8, 16, 32, 64]
PARTS = ["weights", "gradients", "slots"]


@probe("q08", "plan")
def numbers(rng: np.random.Generator) -> Question:
    """The bytes are counted exactly, and the right tool is named, for many random machines."""
    policies = [*BYTES, *rng.choice(list(BYTES), size=5)]
    states: list[Any] = [[parameters(rng), state(rng, str(policy))] for policy in policies]
    totals = [size * BYTES[each["policy"]] * (2 + each["slots"]) for size, each in states]
    shares: list[Any] = [[parameters(rng) % 10**9, share(rng, options)] for _, options in states]
    needs = rng.choice([*GIGABYTES, *rng.integers(1, 128, size=len(GIGABYTES))], size=40)
    machines: list[Any] = [[int(need) * 10**9, machine(rng)] for need in needs]
    expected = [
        totals,
        [on_each(size, **options) for size, options in shares],
        [tool(size, **options) for size, options in machines],
    ]
    return Question({"states": states, "shares": shares, "machines": machines}, expected, 1e-12)


def parameters(rng: np.random.Generator) -> int:
    return int(rng.integers(1, 10**11))


def state(rng: np.random.Generator, policy: str) -> dict[str, Any]:
    return {"policy": policy, "slots": int(rng.integers(0, 4))}


def share(rng: np.random.Generator, state: dict[str, Any]) -> dict[str, Any]:
    return {
        **state,
        "model_parallel": int(rng.integers(1, 9)),
        "data_parallel": int(rng.integers(1, 9)),
        "sharded": [part for part in PARTS if rng.integers(2)],
    }


def on_each(
    size: int,
    policy: str,
    slots: int,
    model_parallel: int,
    data_parallel: int,
    sharded: list[str],
) -> float:
    sizes = {"weights": 1, "gradients": 1, "slots": slots}
    copies = sum(n / (data_parallel if part in sharded else 1) for part, n in sizes.items())
    return copies * size * BYTES[policy] / model_parallel


def machine(rng: np.random.Generator) -> dict[str, Any]:
    return {
        "device_bytes": int(rng.choice(GIGABYTES)) * 10**9,
        "machines": int(rng.integers(1, 3)),
        "devices_per_machine": int(rng.integers(1, 3)),
        "tpu": bool(rng.integers(4) == 0),
        "unreliable": bool(rng.integers(2)),
    }


def tool(
    state_bytes: int,
    device_bytes: int,
    machines: int,
    devices_per_machine: int,
    tpu: bool,
    unreliable: bool,
) -> str:
    for name, applies in {
        "none": state_bytes > device_bytes * machines * devices_per_machine,
        "DTensor": state_bytes > device_bytes,
        "TPUStrategy": tpu,
        "ParameterServerStrategy": machines > 1 and unreliable,
        "MultiWorkerMirroredStrategy": machines > 1,
        "MirroredStrategy": devices_per_machine > 1,
    }.items():
        if applies:
            return name
    return "default"


@probe("q08", "mirrored")
def training(rng: np.random.Generator) -> Question:
    """On two devices, random rows train a linear model to the numbers that one would get."""
    features, batch, epochs = int(rng.integers(1, 5)), 2 * int(rng.integers(1, 4)), 2
    x = rng.normal(size=(3 * batch, features)).astype(np.float32)
    y = rng.normal(size=(3 * batch, 1)).astype(np.float32)
    weight, rate = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.02, 0.1))
    w, b, losses = np.zeros((features, 1)), np.zeros(1), []
    for first in [*range(0, len(x), batch)] * epochs:
        rows = slice(first, first + batch)
        error = x[rows] @ w + b - y[rows]
        factors = weight * np.where(error > 0, 1, 2)
        losses.append(np.mean(factors * error**2))
        slope = factors * 2 * error / batch
        w, b = w - rate * x[rows].T @ slope, b - rate * slope.sum(axis=0)
    options = {"global_batch": batch, "learning_rate": rate, "epochs": epochs}
    inputs = {"x": x, "y": y, "weight": weight, "options": options}
    return Question(
        inputs, [np.asarray(each, np.float32) for each in (losses, w, b)], tolerance=1e-3
    )
