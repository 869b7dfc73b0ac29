"""Without an initializer, the scan starts from the last reward. An empty episode has none.

breaks: "An episode of length 0 has no returns, in eager mode and in a graph"
fails: test_an_empty_episode_has_no_returns, test_an_empty_episode_in_a_graph
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
