"""Many machines: workers that train in step, and workers that come and go."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf


def tf_config(workers: Sequence[str], index: int) -> str:
    """Make the TF_CONFIG of one of several workers.

    >>> config = json.loads(tf_config(["10.0.0.2:2222", "10.0.0.1:2222"], 0))
    >>> config["cluster"], config["task"]
    ({'worker': ['10.0.0.2:2222', '10.0.0.1:2222']}, {'type': 'worker', 'index': 0})

    Returns:
        JSON that lists all workers, in the order given. It says that this worker has the number
        `index`, counted from 0.

    Raises:
        ValueError: no worker has that number.

    Beyond the idea:
        - A negative `index` does not count from the end.
    """
    raise NotImplementedError


def train_worker(
    x: np.ndarray, y: np.ndarray, *, global_batch: int, learning_rate: float, steps: int
) -> tuple[list, np.ndarray]:
    """Train the linear model `x @ w` by plain SGD, in step with all other workers.

    Every worker calls it with the rows on its own machine, enough for all steps. TF_CONFIG is set,
    and `w` starts from zeros.

    - A step takes the next `global_batch / workers` rows of every worker.
    - It goes down the gradient of their mean squared error.
    - All workers get the same `w`.

    Returns:
        The losses and `w`, [features, 1]. Each step has one loss: that of the rows of all workers,
        before its update.

    Beyond the idea:
        - One worker is enough.
    """
    raise NotImplementedError


def train_with_servers(
    resolver: tf.distribute.cluster_resolver.ClusterResolver,
    work: Callable[[], tf.Tensor],
    steps: int,
    halfway: Callable[[], None],
) -> tf.Variable:
    """Have a cluster do `work` in `steps` steps, and add up the results.

    This process is the coordinator. Workers and one parameter server run already. `steps` is even.

    - If a worker dies, others do its steps.

    Args:
        work: Each step calls it on a worker.
        halfway: It is called once, when half of the steps are done and the others have not begun.

    Returns:
        A float32 variable on the parameter server. When it is returned, it holds the sum of all
        results.
    """
    raise NotImplementedError
