"""Discounted rewards are summed in float64, and divided by powers of gamma.

breaks: "and so on, to the end of the episode"
fails: test_long_episodes_stay_exact, test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    steps = tf.range(tf.shape(rewards)[0])
    powers = tf.maximum(tf.cast(gamma, tf.float64), 1e-12) ** tf.cast(steps, tf.float64)
    sums = tf.cumsum(tf.cast(rewards, tf.float64) * powers, reverse=True)
    return tf.cast(tf.math.divide_no_nan(sums, powers), tf.float32)
