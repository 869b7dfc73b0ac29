"""Returns are taken for mere targets, and cut off from the rewards.

breaks: "Gradients flow to the rewards"
fails: test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns = tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
    return tf.stop_gradient(returns)
