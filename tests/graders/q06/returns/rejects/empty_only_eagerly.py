"""The empty episode is told by its static length, which a graph for all lengths does not know.

fails: test_one_graph_serves_every_length
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if rewards.shape[0] == 0:
        return rewards
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
