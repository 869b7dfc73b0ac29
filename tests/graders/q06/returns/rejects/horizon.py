"""Only the next 512 rewards count. The others are taken to be discounted to nothing.

breaks: "and so on, to the end of the episode"
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
