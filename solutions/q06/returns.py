"""What the agent learns from: the discounted returns of an episode."""

import tensorflow as tf


def discounted_returns(rewards: tf.Tensor, gamma: tf.Tensor) -> tf.Tensor:
    """The return of every step: its own reward plus the later ones, discounted.

    From the last step to the first, each return is the reward plus gamma times the return that
    follows. Nothing is divided by a power of gamma, which would soon underflow to zero.
    """
    return tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
