"""Means of equal parts, averaged; steps through strategy.run, waited for with done()."""

import json
import time

import tensorflow as tf


def tf_config(workers, index):
    if index < 0 or index >= len(workers):
        raise ValueError("no such worker")
    return json.dumps(
        {"task": {"type": "worker", "index": int(index)}, "cluster": {"worker": [*workers]}}
    )


def train_worker(x, y, *, global_batch, learning_rate, steps):
    strategy = tf.distribute.MultiWorkerMirroredStrategy(
        communication_options=tf.distribute.experimental.CommunicationOptions(
            implementation=tf.distribute.experimental.CommunicationImplementation.RING
        )
    )
    own = global_batch // strategy.num_replicas_in_sync
    with strategy.scope():
        w = tf.Variable(tf.zeros((x.shape[1], 1)))

    @tf.function
    def replica(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(tf.matmul(x, w), y))
        context = tf.distribute.get_replica_context()
        gradient, loss = context.all_reduce("mean", [tape.gradient(loss, w), loss])
        w.assign(w - learning_rate * gradient)
        return loss

    losses = []
    for i in range(steps):
        part = slice(i * own, (i + 1) * own)
        losses.append(strategy.run(replica, (tf.constant(x[part]), tf.constant(y[part]))))
    return losses, tf.convert_to_tensor(w)


def train_with_servers(resolver, work, steps, halfway):
    strategy = tf.distribute.experimental.ParameterServerStrategy(cluster_resolver=resolver)
    coordinator = tf.distribute.experimental.coordinator.ClusterCoordinator(strategy)
    with strategy.scope():
        total = tf.Variable(0.0, dtype=tf.float32)

    @tf.function
    def compute():
        total.assign_add(strategy.run(work))

    def wait():
        while not coordinator.done():
            time.sleep(0.02)
        coordinator.join()

    for _ in range(steps // 2):
        coordinator.schedule(compute)
    wait()
    halfway()
    for _ in range(steps - steps // 2):
        coordinator.schedule(compute)
    wait()
    return total
