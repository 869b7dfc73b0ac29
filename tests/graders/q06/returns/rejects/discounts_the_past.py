"""The sum runs forward, so each step is credited with the rewards before it.

breaks: "At step t it is `rewards[t] + gamma * rewards[t + 1]"
fails: test_returns_look_ahead, test_long_episodes_stay_exact, test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(
        lambda before, reward: reward + gamma * before, rewards, initializer=tf.zeros([])
    )
