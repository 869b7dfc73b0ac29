"""The returns are computed in float64, and handed back so.

breaks: "float32 of shape [T]"
fails: test_returns_look_ahead, test_long_episodes_stay_exact, test_gamma_may_be_0_or_1, test_an_empty_episode_has_no_returns, test_an_empty_episode_in_a_graph
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    rewards, gamma = tf.cast(rewards, tf.float64), tf.cast(gamma, tf.float64)
    return tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([], tf.float64),
        reverse=True,
    )
