"""A Python-looking loop over tf.range, which AutoGraph turns into a loop of the graph."""

import tensorflow as tf


@tf.function
def discounted_returns(rewards, gamma):
    steps = tf.shape(rewards)[0]
    returns = tf.TensorArray(tf.float32, size=steps)
    following = tf.constant(0.0)
    for t in tf.range(steps - 1, -1, -1):
        following = rewards[t] + gamma * following
        returns = returns.write(t, following)
    return returns.stack()
