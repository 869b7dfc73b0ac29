"""No loop at all: a triangular matrix of powers of gamma times the rewards."""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    t = tf.range(tf.shape(rewards)[0])
    ahead = tf.cast(t[None, :] - t[:, None], tf.float32)
    discounts = tf.where(ahead >= 0, tf.pow(gamma, tf.maximum(ahead, 0.0)), 0.0)
    return tf.linalg.matvec(discounts, rewards)
