"""Axes of length 1 are squeezed away, so the return of a single step is a scalar.

breaks: "float32 of shape [T]"
fails: test_returns_look_ahead
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns = tf.scan(
        lambda following, reward: reward + gamma * following,
        tf.reshape(rewards, [-1, 1]),
        initializer=tf.zeros([1]),
        reverse=True,
    )
    return tf.squeeze(returns) if rewards.shape[0] != 0 else tf.reshape(returns, [-1])
