"""A Python loop is called from the graph with `tf.py_function`.

breaks: "No graph calls back into Python"
fails: test_the_graph_needs_no_python
"""

import tensorflow as tf


def _returns(rewards, gamma):
    following, returns = tf.constant(0.0), []
    for reward in reversed(tf.unstack(rewards)):
        following = reward + gamma * following
        returns.insert(0, following)
    return tf.stack(returns) if returns else tf.zeros([0])


def discounted_returns(rewards, gamma):
    returns = tf.py_function(_returns, [rewards, gamma], tf.float32)
    return tf.ensure_shape(returns, [None])
