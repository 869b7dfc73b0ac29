"""The loop is one of the graph, but a Python list collects the results: tensors leak out of it.

fails: test_one_graph_serves_every_length, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns, following = [], tf.constant(0.0)
    for t in tf.range(tf.size(rewards) - 1, -1, -1):
        following = rewards[t] + gamma * following
        returns.append(following)
    return tf.stack(returns[::-1])
