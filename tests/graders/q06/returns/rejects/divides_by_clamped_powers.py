"""Sums from behind, divided by the powers of gamma, which are kept from becoming zero.

No infinity is left, and late in a long episode the returns are wrong.

fails: test_long_episodes_stay_exact
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    powers = gamma ** tf.range(tf.size(rewards), dtype=tf.float32)
    sums = tf.cumsum(rewards * powers, reverse=True)
    return sums / tf.maximum(powers, 1e-30)
