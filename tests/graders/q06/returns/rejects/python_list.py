"""The usual loop with a list: it needs the length as a Python number and unrolls.

fails: test_one_graph_serves_every_length, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns, following = [], 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns.insert(0, following)
    return tf.stack(returns)
