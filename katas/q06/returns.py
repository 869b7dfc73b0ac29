"""What the agent learns from: the discounted returns of an episode."""

import tensorflow as tf


def discounted_returns(rewards: tf.Tensor, gamma: tf.Tensor) -> tf.Tensor:
    """The return of every step: its own reward plus the later ones, discounted.

    The return of step t is rewards[t] + gamma * rewards[t + 1] + gamma**2 * rewards[t + 2] and
    so on to the end of the episode, however far that is.

    The function works eagerly and inside a tf.function, also where the length of the episode is
    not known while it is traced. One graph then serves episodes of every length, 0 included.
    Known or not, no graph grows with the length, and each runs without Python. The returns are
    differentiable with respect to the rewards.

    Args:
        rewards: float32, shape [T]; T may be 0, and may be in the hundreds.
        gamma: float32, shape [], from 0 to 1, both included.

    Returns:
        float32, shape [T].
    """
    raise NotImplementedError
