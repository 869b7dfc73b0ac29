"""Hidden checks of q03."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]


def sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def tables(rng: np.random.Generator) -> tuple[Array, Array]:
    """Tables of users and of products, with as many numbers in a row, and never as many rows."""
    users = int(rng.integers(3, 8))
    rows, size = (users, users + int(rng.integers(1, 5))), int(rng.integers(2, 6))
    users_table, products = (rng.normal(size=(n, size)).astype(np.float32) for n in rows)
    return users_table, products


@probe("q03", "affinity")
def probabilities(rng: np.random.Generator) -> Question:
    """The probabilities follow from random tables, for ids of several shapes, and once reloaded."""
    users, products = tables(rng)
    shapes = [(int(rng.integers(2, 9)), 1), tuple(rng.integers(2, 5, size=2)), ()]
    pairs = [
        [rng.integers(len(table), size=shape).astype(kind) for table in (users, products)]
        for shape, kind in zip(shapes, (np.int32, np.int64, np.int32), strict=True)
    ]
    expected = [sigmoid((users[u] * products[p]).sum(axis=-1)) for u, p in pairs]
    inputs = {"users": users, "products": products, "pairs": pairs}
    return Question(inputs, [2, *expected, expected[0]])


@probe("q03", "train_recommender")
def two_steps(rng: np.random.Generator) -> Question:
    """Training moves random tables as gradient descent does; then the best products are named."""
    while True:
        question = training(rng)
        if question:
            return question


def training(rng: np.random.Generator) -> Question | None:
    """None if two products come out so near that their order is a matter of rounding."""
    users, products = tables(rng)
    rate, rows = float(rng.uniform(0.2, 2.0)), int(rng.integers(4, 9))
    user, product = rng.integers(len(users), size=rows), rng.integers(len(products), size=rows)
    bought = rng.integers(2, size=rows).astype(np.float32)
    new_users, new_products = users, products
    for _ in range(2):
        user_rows, product_rows = new_users[user], new_products[product]
        slope = (sigmoid((user_rows * product_rows).sum(axis=-1)) - bought) / rows
        new_users, new_products = new_users.copy(), new_products.copy()
        np.subtract.at(new_users, user, rate * slope[:, None] * product_rows)
        np.subtract.at(new_products, product, rate * slope[:, None] * user_rows)
    asked = [int(user) for user in rng.permutation(len(users))[:2]]
    inputs = {
        "users": users,
        "products": products,
        "asked": asked,
        "learning_rate": rate,
        "batch": [user[:, None].astype(np.int32), product[:, None].astype(np.int32), bought],
    }
    chances = sigmoid(new_users[asked] @ new_products.T)
    if np.diff(np.sort(chances)).min() < 1e-4:
        return None
    best = np.argsort(-chances)[:, :-1].tolist()
    return Question(inputs, [new_users, new_products, best], tolerance=1e-3)
