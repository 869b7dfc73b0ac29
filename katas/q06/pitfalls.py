"""Six pieces of a training loop that worked until the loop was compiled: find the bugs.

Unless its docstring says otherwise, every piece is called inside a compiled training step: a
tf.function that is traced once, at its first call, and from then on runs as a graph. There it
has to do what its docstring says in every run. Names and arguments stay as they are;
a @tf.function on a piece may stay or go.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf


class StepCounter:
    """Counts the steps of a training.

    A call gives the number of calls so far, itself included, as a scalar integer tensor.
    Every counter counts for itself.
    """

    def __init__(self) -> None:
        self.steps = 0

    @tf.function
    def __call__(self) -> tf.Tensor:
        self.steps += 1
        return tf.constant(self.steps)


@tf.function
def explore(actions: tf.Tensor, scale: float) -> tf.Tensor:
    """Add noise to the actions, so that the agent tries something new.

    Every call adds fresh noise, drawn for each action from a normal distribution with mean 0
    and standard deviation `scale`. Actions are float32 of any shape; the step around may be
    traced for a number of them that is left open, like [None, 2].
    """
    noise = np.random.normal(0.0, scale, size=actions.shape)
    return actions + noise.astype("float32")


class RewardClipper:
    """Clips rewards to the range from -limit to limit.

    `set_limit` is called from Python, between two training steps; the next call of the clipper
    uses the new limit. Rewards are float32 of any shape. Every clipper has a limit of its own.
    """

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def set_limit(self, limit: float) -> None:
        self.limit = limit

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        return tf.clip_by_value(reward, -self.limit, self.limit)


class LossLog:
    """Averages the losses of a training.

    `add` takes a scalar float32 loss, in every training step. `average` is called from Python
    and gives the mean of all losses added so far, at least one, as a scalar float32 tensor. It
    changes nothing, may be called again, and more losses may follow, however many. Every log has
    losses of its own.
    """

    def __init__(self) -> None:
        self.losses: list[tf.Tensor] = []

    def add(self, loss: tf.Tensor) -> None:
        self.losses.append(loss)

    def average(self) -> tf.Tensor:
        return tf.reduce_mean(tf.stack(self.losses))


Network = Callable[[tf.Tensor], tf.Tensor]


def make_policy(network: Network) -> Callable[[tf.Tensor, float], tf.Tensor]:
    """Make `policy(observation, temperature)`, which gives the probability of each action.

    These are the softmax of `network(observation) / temperature`. The temperature is a Python
    float that falls a little with every step, and the policy is called from Python. Python code
    of the network runs once: one trace serves all temperatures and observations. Observations
    are float32 and have the same shape in all calls. Every policy has a network of its own.
    """

    @tf.function
    def policy(observation: tf.Tensor, temperature: float) -> tf.Tensor:
        return tf.nn.softmax(network(observation) / temperature)

    return policy


class RewardScaler:
    """Divides each reward by the largest that has been seen, so that all are between -1 and 1.

    The divisor is the largest absolute value of the rewards so far, this one included, and is
    never below 1. Rewards are scalar float32. Every scaler has seen its own rewards only.
    """

    @tf.function
    def __call__(self, reward: tf.Tensor) -> tf.Tensor:
        largest = tf.Variable(1.0)
        largest.assign(tf.maximum(largest, tf.abs(reward)))
        return reward / largest
