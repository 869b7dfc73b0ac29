"""From the second step on, a worker reports its own loss.

fails: test_workers_learn_what_one_machine_learns
"""

import json
import os
import threading

import numpy as np
import tensorflow as tf


def tf_config(workers, index):
    addresses = [str(w) for w in workers]
    if index not in range(len(addresses)):
        raise ValueError(f"no worker {index} among {len(addresses)}")
    return json.dumps(
        dict(task=dict(index=index, type="worker"), cluster=dict(worker=addresses)), indent=1
    )


def train_worker(x, y, *, global_batch, learning_rate, steps):
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    rows = global_batch // strategy.num_replicas_in_sync
    with strategy.scope():
        w = tf.Variable(tf.zeros([x.shape[1], 1]), aggregation=tf.VariableAggregation.MEAN)

    @tf.function
    def replica(xs, ys):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((xs @ w - ys) ** 2)
        w.assign_sub(learning_rate * tape.gradient(loss, w))
        return loss

    losses = []
    for i in range(steps):
        part = slice(i * rows, (i + 1) * rows)
        xs, ys = tf.constant(x[part]), tf.constant(y[part])
        loss = strategy.run(replica, args=(xs, ys))
        losses.append(float(strategy.reduce("mean", loss, axis=None) if i == 0 else loss))
    return losses, w.numpy()


def train_with_servers(resolver, work, steps, halfway):
    strategy = tf.distribute.ParameterServerStrategy(resolver)
    coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)
    with strategy.scope():
        total = tf.Variable(0.0)

    @tf.function
    def one():
        value = work()
        total.assign_add(value)
        return value

    def some(count):
        values = [coordinator.schedule(one) for _ in range(count)]
        coordinator.fetch(values)

    some(steps // 2)
    halfway()
    some(steps // 2)
    coordinator.join()
    return total
