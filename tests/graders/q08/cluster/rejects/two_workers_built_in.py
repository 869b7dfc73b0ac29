"""A job is taken to have two workers.

breaks: "One worker is enough"
fails: test_one_worker_is_enough
"""

import json
from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf


def tf_config(workers: Sequence[str], index: int) -> str:
    if not 0 <= index < len(workers):
        raise ValueError(f"no worker {index} among {len(workers)}")
    task = {"type": "worker", "index": index}
    return json.dumps({"cluster": {"worker": list(workers)}, "task": task})


def train_worker(
    x: np.ndarray, y: np.ndarray, *, global_batch: int, learning_rate: float, steps: int
) -> tuple[list, np.ndarray]:
    strategy = tf.distribute.MultiWorkerMirroredStrategy()  # waits until all workers are there
    with strategy.scope():
        w = tf.Variable(tf.zeros([x.shape[1], 1]))

    def own_batches(context):  # the rows are divided over machines already: no sharding here
        rows = tf.data.Dataset.from_tensor_slices((x, y))
        return rows.batch(global_batch // 2)

    def replica_step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((x @ w - y) ** 2) / global_batch
        gradient = tf.distribute.get_replica_context().all_reduce("sum", tape.gradient(loss, w))
        w.assign_sub(learning_rate * gradient)
        return loss

    @tf.function
    def step(batch):
        return strategy.reduce("sum", strategy.run(replica_step, args=batch), axis=None)

    batches = iter(strategy.distribute_datasets_from_function(own_batches))
    return [step(next(batches)) for _ in range(steps)], w.numpy()


def train_with_servers(
    resolver: tf.distribute.cluster_resolver.ClusterResolver,
    work: Callable[[], tf.Tensor],
    steps: int,
    halfway: Callable[[], None],
) -> tf.Variable:
    strategy = tf.distribute.ParameterServerStrategy(resolver)
    coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)
    with strategy.scope():
        total = tf.Variable(0.0)

    @tf.function
    def step():
        total.assign_add(work())

    def do(count):
        for _ in range(count):
            coordinator.schedule(step)
        coordinator.join()  # schedule only puts a step into a queue

    do(steps // 2)
    halfway()
    do(steps // 2)
    return total
