"""Many machines: workers that train in step, and workers that come and go."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf


def tf_config(workers: Sequence[str], index: int) -> str:
    """The value of the environment variable TF_CONFIG for one of several workers.

    Args:
        workers: the addresses of all workers, such as "10.0.0.1:2222", in the same order on
            every machine.
        index: which of them this one is, from 0.

    Returns:
        JSON that says where all workers are, and that this is the worker `index`; nothing else.

    Raises:
        ValueError: if there is no worker of that index; a negative one does not count from the end.
    """
    raise NotImplementedError


def train_worker(
    x: np.ndarray, y: np.ndarray, *, global_batch: int, learning_rate: float, steps: int
) -> tuple[list, np.ndarray]:
    """Train the linear model `x @ w` with all workers in step; this runs in each of them.

    TF_CONFIG is set for this worker, and TensorFlow has not been used in the process. Every worker
    calls this function, each with the rows that are on its own machine. All see the same losses
    and have the same `w` after each step: what one machine would get from a batch with the rows
    of all workers. Each worker has one device.

    Args:
        x, y: this worker's rows, float32, (rows, features) and (rows, 1). All workers have equally
            many. A step takes the next global_batch / workers of them, in this order.
        global_batch: rows in a step over all workers, a multiple of their number.
        learning_rate: of plain SGD, on the mean of the squared differences of the whole batch.
        steps: how many; there are enough rows for them.

    Returns:
        The loss of the whole batch of each step before its update, as a list of numbers or
        scalars; and `w` at the end, (features, 1), from zeros, held in anything that `np.asarray`
        reads.
    """
    raise NotImplementedError


def train_with_servers(
    resolver: tf.distribute.cluster_resolver.ClusterResolver,
    work: Callable[[], tf.Tensor],
    steps: int,
    halfway: Callable[[], None],
) -> tf.Variable:
    """Have workers do steps, asynchronously, with the result on a parameter server.

    This runs in the coordinator. The servers and the workers of the cluster run already. Any
    worker may die at any time: its steps are done by another one.

    Args:
        resolver: tells where the servers ("ps") and the workers ("worker") are.
        work: what a step does; it gives a float32 scalar. It has to run on a worker, in a
            tf.function, and never in the coordinator.
        steps: how many, an even number.
        halfway: to be called once, here, when half of the steps are done and the others have not
            begun. It is a Python function, and not for a tf.function.

    Returns:
        The variable that each step has added the result of `work()` to, when all of them are
        done. It is a float32 scalar, starts at 0 and is on the parameter server.
    """
    raise NotImplementedError
