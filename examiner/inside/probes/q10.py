"""Probes of q10."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import tensorflow as tf

Array = np.ndarray[Any, Any]


def both(stub: ModuleType, pairs: list[list[Array]]) -> list[Any]:
    """Of each pair of real and fake logits: the generator's loss and its gradient, and so on."""
    seen = []
    for real, fake in ([tf.constant(each) for each in pair] for pair in pairs):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([real, fake])
            generator = stub.generator_loss(fake)
            discriminator = stub.discriminator_loss(real, fake)
        gradients = tape.gradient(discriminator, [real, fake])
        seen.append([generator, tape.gradient(generator, fake), discriminator, *gradients])
    return seen


def histories(
    stub: ModuleType, batches: list[Array], epochs: int, noise_dim: int, seed: int, factor: float
) -> dict[str, list[float]]:
    """The history of a training whose step adds to a variable, and measures its noise."""
    total = tf.Variable(0.0)

    def step(real: tf.Tensor, noise: tf.Tensor) -> dict[str, tf.Tensor]:
        total.assign_add(tf.reduce_sum(real))
        size = tf.cast(tf.size(noise), tf.float32)
        return {"scaled": factor * tf.reduce_mean(real), "state": total.read_value(), "noise": size}

    spec = tf.TensorSpec([None, 3], tf.float32)
    dataset = tf.data.Dataset.from_generator(lambda: iter(batches), output_signature=spec)
    history: dict[str, list[float]] = stub.train(step, dataset, epochs, noise_dim, seed)
    return history
