"""A loop of the graph with a TensorArray, which starts from the last reward."""

import tensorflow as tf


@tf.function
def discounted_returns(rewards, gamma):
    last = tf.shape(rewards)[0] - 1
    following = rewards[last]
    returns = tf.TensorArray(tf.float32, size=last + 1)
    returns = returns.write(last, following)
    for t in tf.range(last - 1, -1, -1):
        following = rewards[t] + gamma * following
        returns = returns.write(t, following)
    return returns.stack()
