"""gamma is applied to the sum, so that a step's own reward is discounted, too.

fails: test_returns_look_ahead, test_long_episodes_stay_exact
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(
        lambda following, reward: gamma * (reward + following),
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
