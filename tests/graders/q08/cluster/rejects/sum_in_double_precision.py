"""The sum is kept in double precision.

breaks: "A float32 variable on the parameter server"
fails: test_the_variable_is_on_the_parameter_server
"""

import json

import tensorflow as tf


def tf_config(workers, index):
    if not 0 <= index < len(workers):
        raise ValueError(f"no worker {index} among {len(workers)}")
    return json.dumps(
        {"cluster": {"worker": list(workers)}, "task": {"type": "worker", "index": index}}
    )


def train_worker(x, y, *, global_batch, learning_rate, steps):
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        w = tf.Variable(tf.zeros([x.shape[1], 1]))

    def data(context):
        batch = context.get_per_replica_batch_size(global_batch)
        return tf.data.Dataset.from_tensor_slices((x, y)).repeat().batch(batch)

    rows = iter(strategy.distribute_datasets_from_function(data))

    def replica(features, targets):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((features @ w - targets) ** 2) / global_batch
        gradient = tape.gradient(loss, w)
        gradient = tf.distribute.get_replica_context().all_reduce("sum", gradient)
        w.assign_sub(learning_rate * gradient)
        return loss

    @tf.function
    def step(features, targets):
        per_replica = strategy.run(replica, args=(features, targets))
        return strategy.reduce("sum", per_replica, axis=None)

    losses = [float(step(*next(rows))) for _ in range(steps)]
    return losses, w.numpy()


def train_with_servers(resolver, work, steps, halfway):
    strategy = tf.distribute.ParameterServerStrategy(resolver)
    coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)
    with strategy.scope():
        total = tf.Variable(0.0, dtype=tf.float64)

    @tf.function
    def step():
        total.assign_add(tf.cast(work(), tf.float64))

    for _ in range(steps // 2):
        coordinator.schedule(step)
    coordinator.join()
    halfway()
    for _ in range(steps - steps // 2):
        coordinator.schedule(step)
    coordinator.join()
    return total
