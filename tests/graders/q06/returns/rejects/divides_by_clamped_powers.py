"""The sums are divided by powers of gamma that are kept above zero. Late in a long episode, the
returns are wrong.

breaks: "and so on, to the end of the episode", "`gamma` may be exactly 0, and exactly 1"
fails: test_long_episodes_stay_exact, test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    powers = gamma ** tf.range(tf.size(rewards), dtype=tf.float32)
    sums = tf.cumsum(rewards * powers, reverse=True)
    return sums / tf.maximum(powers, 1e-30)
