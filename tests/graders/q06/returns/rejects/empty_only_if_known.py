"""The empty episode is treated apart, with an `if` in Python: a graph for [None] has no such `if`.

fails: test_one_graph_serves_every_length
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if rewards.shape[0] == 0:
        return tf.zeros([0])
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
