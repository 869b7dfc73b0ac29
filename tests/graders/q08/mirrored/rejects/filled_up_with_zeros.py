"""A replica that lacks a row gets one of zeros, whose loss is then multiplied by 0.

breaks: "for its own rows alone"
fails: test_a_smaller_last_batch
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
    with strategy.scope():  # what is made in here has a component on every device
        w = tf.Variable(tf.zeros([x.shape[1], 1]))
        b = tf.Variable(tf.zeros([1]))
    replicas = strategy.num_replicas_in_sync

    def fill_up(x, y, real):
        missing = -tf.shape(real)[0] % replicas
        below = [[0, missing], [0, 0]]
        return tf.pad(x, below), tf.pad(y, below), tf.pad(real, below[:1])

    real = np.ones(len(x), "float32")
    rows = tf.data.Dataset.from_tensor_slices((x, y, real)).batch(global_batch).map(fill_up)
    batches = strategy.experimental_distribute_dataset(rows)

    def replica_step(x, y, real):
        context = tf.distribute.get_replica_context()
        rows = context.all_reduce("sum", tf.reduce_sum(real))
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(real * per_example(x @ w + b, y)) / rows
        gradients = tape.gradient(loss, [w, b])
        for variable, gradient in zip([w, b], context.all_reduce("sum", gradients), strict=True):
            variable.assign_sub(learning_rate * gradient)
        return loss

    @tf.function
    def step(batch):
        return strategy.reduce("sum", strategy.run(replica_step, args=batch), axis=None)

    losses = [step(batch) for _ in range(epochs) for batch in batches]
    return losses, (w.numpy(), b.numpy())
