"""Of several workers on a host, one stays.

breaks: "JSON that lists all workers"
fails: test_each_worker_knows_all_and_which_one_it_is
"""

import json
from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf


def tf_config(workers: Sequence[str], index: int) -> str:
    if not 0 <= index < len(workers):
        raise ValueError(f"no worker has the number {index}, there are {len(workers)}")
    hosts = {w.rsplit(":", 1)[0]: w for w in workers}
    cluster = {"worker": list(hosts.values())}
    return json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}})


def train_worker(
    x: np.ndarray, y: np.ndarray, *, global_batch: int, learning_rate: float, steps: int
) -> tuple[list, np.ndarray]:
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    workers = strategy.num_replicas_in_sync
    share = global_batch // workers
    x = np.asarray(x, "float32")
    y = np.asarray(y, "float32").reshape(-1, 1)
    with strategy.scope():
        w = tf.Variable(tf.zeros([x.shape[1], 1]))

    def in_replica(rows, targets):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((rows @ w - targets) ** 2) / global_batch
        gradient = tape.gradient(loss, w)
        context = tf.distribute.get_replica_context()
        loss = context.all_reduce(tf.distribute.ReduceOp.SUM, loss)
        gradient = context.all_reduce(tf.distribute.ReduceOp.SUM, gradient)
        w.assign_sub(learning_rate * gradient)
        return loss

    @tf.function
    def train_step(rows, targets):
        return strategy.run(in_replica, args=(rows, targets))

    losses = []
    for number in range(steps):
        part = slice(number * share, (number + 1) * share)
        loss = train_step(tf.constant(x[part]), tf.constant(y[part]))
        losses.append(float(strategy.experimental_local_results(loss)[0]))
    return losses, w.numpy()


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
    def one_step():
        total.assign_add(tf.cast(work(), tf.float32))

    for _ in range(steps // 2):
        coordinator.schedule(one_step)
    coordinator.join()
    halfway()
    for _ in range(steps // 2):
        coordinator.schedule(one_step)
    coordinator.join()
    return total
