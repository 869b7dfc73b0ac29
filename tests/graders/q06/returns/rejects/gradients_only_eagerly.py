"""In a graph, returns are taken for mere targets, and cut off from the rewards.

breaks: "Gradients flow to the rewards"
fails: test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if not tf.executing_eagerly():
        rewards = tf.stop_gradient(rewards)
    return tf.scan(
        lambda later, reward: reward + gamma * later, rewards, initializer=0.0, reverse=True
    )
