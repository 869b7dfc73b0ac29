"""Only an eager call treats the empty episode apart.

breaks: "An episode of length 0 has no returns, in eager mode and in a graph"
fails: test_an_empty_episode_in_a_graph
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if tf.executing_eagerly() and not len(rewards):
        return rewards
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
