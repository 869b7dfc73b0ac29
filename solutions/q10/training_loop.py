"""The loop around a step: what fit did without being asked."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import tensorflow as tf


def train(
    step: Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]],
    dataset: tf.data.Dataset,
    epochs: int,
    noise_dim: int,
    seed: int,
) -> dict[str, list[float]]:
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real: tf.Tensor) -> tuple[dict[str, tf.Tensor], tf.Tensor]:
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = defaultdict(list)
    for _ in range(epochs):
        losses, rows = zip(*[compiled(real) for real in dataset], strict=True)
        for name in losses[0]:
            each = [loss[name] for loss in losses]
            history[name].append(float(np.average(each, weights=rows)))
    return dict(history)
