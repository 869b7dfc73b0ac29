"""A cumulative sum is divided by the powers of gamma, which are 0 in a long episode: 0 / 0.

breaks: "and so on, to the end of the episode", "`gamma` may be exactly 0, and exactly 1"
fails: test_long_episodes_stay_exact, test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    discounts = tf.pow(gamma, tf.range(tf.cast(tf.size(rewards), tf.float32)))
    return tf.cumsum(rewards * discounts, reverse=True) / discounts
