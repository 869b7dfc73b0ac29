"""Both ends turned by hand; a `while` that AutoGraph converts when it is traced."""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    backwards = tf.reverse(rewards, axis=[0])
    steps = tf.size(backwards)
    returns = tf.TensorArray(tf.float32, size=steps)
    value, t = tf.zeros([]), tf.constant(0)
    while t < steps:
        value = backwards[t] + gamma * value
        returns = returns.write(t, value)
        t += 1
    return tf.reverse(returns.stack(), axis=[0])
