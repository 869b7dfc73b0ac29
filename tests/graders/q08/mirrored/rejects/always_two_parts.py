"""A batch has two parts, however many replicas there are.

breaks: "for its own rows alone"
fails: test_each_replica_has_its_own_rows
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf


def train(
    strategy: tf.distribute.Strategy,
    x: np.ndarray,
    y: np.ndarray,
    per_example: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
    *,
    global_batch: int,
    learning_rate: float,
    epochs: int,
) -> tuple[list, tuple]:
    replicas = strategy.num_replicas_in_sync
    with strategy.scope():
        w = tf.Variable(np.zeros([x.shape[1], 1], np.float32))
        b = tf.Variable(np.zeros([1], np.float32))

    def spread(batch):
        half = (len(batch) + 1) // 2 if replicas > 1 else len(batch)
        parts = [batch[:half], batch[half:]] + [batch[:0]] * replicas
        return strategy.experimental_distribute_values_from_function(
            lambda context: tf.constant(parts[context.replica_id_in_sync_group])
        )

    def sums(features, targets):
        with tf.GradientTape() as tape:
            total = tf.reduce_sum(per_example(tf.matmul(features, w) + b, targets))
        dw, db = tape.gradient(total, [w, b])
        return total, dw, db

    @tf.function
    def step(features, targets, rows):
        total, dw, db = strategy.run(sums, args=(features, targets))
        total = strategy.reduce("SUM", total, axis=None)
        dw = strategy.reduce("SUM", dw, axis=None)
        db = strategy.reduce("SUM", db, axis=None)
        w.assign_sub(learning_rate * dw / rows)
        b.assign_sub(learning_rate * db / rows)
        return total / rows

    history = []
    for _ in range(epochs):
        for start in range(0, len(x), global_batch):
            batch = x[start : start + global_batch], y[start : start + global_batch]
            rows = tf.constant(float(len(batch[0])))
            history.append(step(spread(batch[0]), spread(batch[1]), rows))
    return history, (w, b)
