"""The noise is picked at random from numbers that NumPy has drawn while tracing.

breaks: "The noise is normally distributed"
fails: test_the_noise_is_normal
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf


class StepCounter:
    """Counts the steps of a training. The count is a variable: the graph updates it."""

    def __init__(self) -> None:
        self.steps = tf.Variable(0, trainable=False)

    @tf.function
    def __call__(self) -> tf.Tensor:
        return self.steps.assign_add(1)


@tf.function
def explore(actions: tf.Tensor, scale: float) -> tf.Tensor:
    """Add noise to the actions. An op draws it: NumPy would draw once, while tracing."""
    pool = tf.constant(np.random.normal(size=4096), tf.float32)
    picked = tf.random.uniform(tf.shape(actions), maxval=4096, dtype=tf.int32)
    return actions + scale * tf.gather(pool, picked)


class RewardClipper:
    """Clips rewards. The limit is a variable, which the graph reads each time it runs."""

    def __init__(self, limit: float) -> None:
        self.limit = tf.Variable(limit, dtype=tf.float32, trainable=False)

    def set_limit(self, limit: float) -> None:
        self.limit.assign(limit)

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        return tf.clip_by_value(reward, -self.limit, self.limit)


class LossLog:
    """Averages the losses of a training. Sum and count outlive the run of a graph; a list of
    its tensors would not."""

    def __init__(self) -> None:
        self.total = tf.Variable(0.0, trainable=False)
        self.count = tf.Variable(0.0, trainable=False)

    def add(self, loss: tf.Tensor) -> None:
        self.total.assign_add(loss)
        self.count.assign_add(1.0)

    def average(self) -> tf.Tensor:
        return self.total / self.count


Network = Callable[[tf.Tensor], tf.Tensor]


def make_policy(network: Network) -> Callable[[tf.Tensor, float], tf.Tensor]:
    """Make `policy(observation, temperature)`, which gives the probability of each action.

    A Python number is part of what a trace is made for; a tensor is an input of the graph.
    """

    @tf.function
    def compiled(observation: tf.Tensor, temperature: tf.Tensor) -> tf.Tensor:
        return tf.nn.softmax(network(observation) / temperature)

    def policy(observation: tf.Tensor, temperature: float) -> tf.Tensor:
        return compiled(observation, tf.constant(temperature, tf.float32))

    return policy


class RewardScaler:
    """Divides each reward by the largest that has been seen. The variable is made beforehand."""

    def __init__(self) -> None:
        self.largest = tf.Variable(1.0, trainable=False)

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        return reward / self.largest.assign(tf.maximum(self.largest, tf.abs(reward)))
