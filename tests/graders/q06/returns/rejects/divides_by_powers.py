"""A cumulative sum of discounted rewards, divided by the discounts: 0 / 0 in a long episode.

fails: test_long_episodes_stay_exact
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    discounts = tf.pow(gamma, tf.range(tf.cast(tf.size(rewards), tf.float32)))
    return tf.cumsum(rewards * discounts, reverse=True) / discounts
