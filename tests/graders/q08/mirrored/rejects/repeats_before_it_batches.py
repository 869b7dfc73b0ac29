"""Epochs are one long sequence of rows: a batch may have the end of one and the start of the next.

breaks: "An epoch takes all rows"
fails: test_no_batch_has_rows_of_two_epochs
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
    rows = tf.data.Dataset.from_tensor_slices((x, y)).repeat(epochs).batch(global_batch)
    batches = strategy.experimental_distribute_dataset(rows)

    def replica_step(x, y):
        context = tf.distribute.get_replica_context()
        # The rows of the whole batch: then the sum over the replicas is the mean, however the
        # last batch of an epoch is divided. A mean over the rows of a replica without any is nan.
        rows = context.all_reduce("sum", tf.cast(tf.shape(x)[0], tf.float32))
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(per_example(x @ w + b, y)) / rows
        gradients = tape.gradient(loss, [w, b])
        for variable, gradient in zip([w, b], context.all_reduce("sum", gradients), strict=True):
            variable.assign_sub(learning_rate * gradient)
        return loss

    @tf.function
    def step(batch):
        return strategy.reduce("sum", strategy.run(replica_step, args=batch), axis=None)

    losses = [step(batch) for batch in batches]
    return losses, (w.numpy(), b.numpy())
