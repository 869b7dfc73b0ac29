"""Empty episodes have a path of their own, and only an eager call ever takes it.

fails: test_one_graph_serves_every_length
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if tf.executing_eagerly() and not len(rewards):
        return rewards
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
