"""The scan starts from integer zeros, and its rounds give floats.

breaks: "At step t it is `rewards[t] + gamma * rewards[t + 1]", "Traced for the shape [None], it
gives what it gives eagerly"
fails: all
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    return tf.scan(
        lambda following, reward: reward + gamma * tf.cast(following, tf.float32),
        rewards,
        initializer=tf.zeros([], tf.int32),
        reverse=True,
    )
