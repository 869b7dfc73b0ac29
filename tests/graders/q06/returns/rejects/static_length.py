"""The length is read from the static shape, which is None in a graph for every length.

breaks: "Traced for the shape [None], it gives what it gives eagerly"
fails: test_one_graph_serves_every_length, test_an_empty_episode_in_a_graph, test_the_graph_needs_no_python, test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    t = tf.range(rewards.shape[0])
    ahead = tf.cast(t[None, :] - t[:, None], tf.float32)
    discounts = tf.where(ahead >= 0, tf.pow(gamma, tf.maximum(ahead, 0.0)), 0.0)
    return tf.linalg.matvec(discounts, rewards)
