"""Gamma is kept below 1, so that no sum grows without end.

breaks: "`gamma` may be exactly 0, and exactly 1"
fails: test_gamma_may_be_0_or_1, test_returns_look_ahead
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    gamma = tf.minimum(gamma, 0.99)
    return tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
