"""What the agent learns from: the discounted returns of an episode."""

import tensorflow as tf


def discounted_returns(rewards: tf.Tensor, gamma: tf.Tensor) -> tf.Tensor:
    """Compute the return of every step: its own reward plus the later ones, discounted.

    >>> discounted_returns(tf.constant([1.0, 2.0, 4.0]), tf.constant(0.5)).numpy()
    array([3., 4., 4.], dtype=float32)

    From the end: the last return is 4, the one before is 2 + 0.5 * 4, and the first is 1 + 0.5 * 4.

    `rewards` is float32 of shape [T], and `gamma` a float32 scalar from 0 to 1. An episode may have
    hundreds of steps. The function is called eagerly, and inside a tf.function.

    Returns:
        float32 of shape [T]. At step t it is `rewards[t] + gamma * rewards[t + 1] + gamma**2 *
        rewards[t + 2]` and so on, to the end of the episode.

        - Traced for the shape [None], it gives what it gives eagerly.
        - No graph grows with the length of the episode.
        - No graph calls back into Python.
        - Gradients flow to the rewards.

    Beyond the idea:
        - `gamma` may be exactly 0, and exactly 1.
        - An episode of length 0 has no returns, in eager mode and in a graph.
    """
    raise NotImplementedError
