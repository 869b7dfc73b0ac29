"""Gamma is applied to the whole sum, so a step's own reward is discounted, too.

breaks: "At step t it is `rewards[t] + gamma * rewards[t + 1]"
fails: test_returns_look_ahead, test_long_episodes_stay_exact, test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(
        lambda following, reward: gamma * (reward + following),
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
