"""Only the next 512 rewards count: what is farther away is taken to be discounted to nothing.

fails: test_long_episodes_stay_exact
"""

import tensorflow as tf

HORIZON = 512


def discounted_returns(rewards, gamma):
    t = tf.range(tf.size(rewards))
    ahead = t[None, :] - t[:, None]
    discounts = tf.pow(gamma, tf.cast(tf.maximum(ahead, 0), tf.float32))
    counts = (ahead >= 0) & (ahead < HORIZON)
    return tf.linalg.matvec(tf.where(counts, discounts, 0.0), rewards)
