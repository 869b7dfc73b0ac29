"""A Python list collects the tensors of a loop of the graph, which exist in that loop only.

breaks: "Traced for the shape [None], it gives what it gives eagerly", "No graph grows with the
length"
fails: test_one_graph_serves_every_length, test_an_empty_episode_in_a_graph, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python, test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns, following = [], tf.constant(0.0)
    for t in tf.range(tf.size(rewards) - 1, -1, -1):
        following = rewards[t] + gamma * following
        returns.append(following)
    return tf.stack(returns[::-1])
