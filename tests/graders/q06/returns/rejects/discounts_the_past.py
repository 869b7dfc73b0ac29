"""The sum runs forward: each step is credited with what came before it.

fails: test_returns_look_ahead, test_long_episodes_stay_exact
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(
        lambda before, reward: reward + gamma * before, rewards, initializer=tf.zeros([])
    )
