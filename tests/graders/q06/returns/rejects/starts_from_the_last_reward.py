"""Without an initializer, the scan starts from the last reward, which must then exist.

fails: test_an_empty_episode_has_no_returns, test_one_graph_serves_every_length
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(lambda following, reward: reward + gamma * following, rewards, reverse=True)
