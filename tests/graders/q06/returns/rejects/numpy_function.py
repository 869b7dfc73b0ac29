"""`tf.numpy_function` does the work: no gradient, and Python at every run.

breaks: "Gradients flow to the rewards", "No graph calls back into Python"
fails: test_gradients_reach_the_rewards, test_the_graph_needs_no_python
"""

import numpy as np
import tensorflow as tf


def _returns(rewards, gamma):
    returns, following = np.zeros_like(rewards), np.float32(0)
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns


def discounted_returns(rewards, gamma):
    returns = tf.numpy_function(_returns, [rewards, gamma], tf.float32)
    return tf.ensure_shape(returns, [None])
