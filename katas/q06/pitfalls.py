"""Six pieces of a training loop that broke when it was compiled: find the bugs.

The training step around them is a tf.function, traced once. Names and arguments stay as they are.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf


class StepCounter:
    """Counts the steps of a training.

    >>> counter = StepCounter()
    >>> step = tf.function(lambda: counter())
    >>> [int(step()) for _ in range(3)]
    [1, 2, 3]

    In a compiled step:
        - Every run returns the number of runs so far, itself included.
        - Every counter counts for itself.

    Beyond the idea:
        - The number is a scalar tensor, int32 or int64.
    """

    def __init__(self) -> None:
        self.steps = 0

    @tf.function
    def __call__(self) -> tf.Tensor:
        self.steps += 1
        return tf.constant(self.steps)


@tf.function
def explore(actions: tf.Tensor, scale: float) -> tf.Tensor:
    """Add noise to the float32 actions, so that the agent tries something new.

    In a compiled step:
        - The noise has the mean 0 and the standard deviation `scale`.
        - It is drawn anew in every run.
        - It is drawn for each action.

    Beyond the idea:
        - The noise is normally distributed.
        - The step may be traced for the shape [None, 2].
    """
    noise = np.random.normal(0.0, scale, size=actions.shape)
    return actions + noise.astype("float32")


class RewardClipper:
    """Clips float32 rewards to the range from -limit to limit.

    `set_limit` is called between two steps.

    In a compiled step:
        - Rewards are clipped on both sides.
        - The next run uses the new limit.
        - Every clipper has a limit of its own.
    """

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def set_limit(self, limit: float) -> None:
        self.limit = limit

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        return tf.clip_by_value(reward, -self.limit, self.limit)


class LossLog:
    """Averages the scalar float32 losses of a training.

    `average` is called from Python, after at least one loss.

    After some compiled steps:
        - `average` gives the mean of all losses added so far, a scalar float32 tensor.
        - It changes nothing, so it may be called again.
        - Every log has losses of its own.

    Beyond the idea:
        - There may be thousands of losses.
    """

    def __init__(self) -> None:
        self.losses: list[tf.Tensor] = []

    def add(self, loss: tf.Tensor) -> None:
        self.losses.append(loss)

    def average(self) -> tf.Tensor:
        return tf.reduce_mean(tf.stack(self.losses))


Network = Callable[[tf.Tensor], tf.Tensor]


def make_policy(network: Network) -> Callable[[tf.Tensor, float], tf.Tensor]:
    """Make `policy(observation, temperature)`, the probability of each action.

    It is called from Python, with a Python float as temperature. All observations have one
    shape.

    Returns:
        `policy`, which gives the softmax of `network(observation) / temperature`.

        - The Python code of the network runs once, for all temperatures and observations.
        - Every policy has a network of its own.
    """

    @tf.function
    def policy(observation: tf.Tensor, temperature: float) -> tf.Tensor:
        return tf.nn.softmax(network(observation) / temperature)

    return policy


class RewardScaler:
    """Divides each scalar float32 reward by the largest one so far.

    In a compiled step:
        - The divisor is the largest absolute value of all rewards so far, this one included.
        - The divisor is never below 1.
        - Every scaler has seen its own rewards only.
    """

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        largest = tf.Variable(1.0)
        largest.assign(tf.maximum(largest, tf.abs(reward)))
        return reward / largest
