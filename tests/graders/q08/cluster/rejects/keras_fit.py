"""Training is left to model.fit.

breaks: "All workers get the same `w`"
fails: test_workers_see_the_loss_of_the_whole_batch, test_workers_learn_what_one_machine_learns, test_one_worker_is_enough
"""

import json
from collections.abc import Callable, Sequence

import keras
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
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
        model = keras.Sequential([keras.Input([x.shape[1]]), layer])
        model.compile(keras.optimizers.SGD(learning_rate), "mse")
    history = model.fit(x, y, batch_size=global_batch, steps_per_epoch=1, epochs=steps, verbose=0)
    return history.history["loss"], layer.get_weights()[0]


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
