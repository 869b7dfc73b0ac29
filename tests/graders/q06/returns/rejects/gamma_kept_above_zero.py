"""Gamma is kept above 0, so that it has a logarithm.

breaks: "`gamma` may be exactly 0, and exactly 1"
fails: test_gamma_may_be_0_or_1
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    gamma = tf.maximum(gamma, 1e-4)
    t = tf.range(tf.size(rewards))
    ahead = tf.cast(t[None, :] - t[:, None], tf.float32)
    discounts = tf.where(ahead >= 0, tf.exp(tf.maximum(ahead, 0.0) * tf.math.log(gamma)), 0.0)
    return tf.linalg.matvec(discounts, rewards)
