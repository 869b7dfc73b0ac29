"""A Python loop with a list needs the length as a number, and is unrolled by the trace.

breaks: "Traced for the shape [None], it gives what it gives eagerly", "No graph grows with the
length"
fails: test_one_graph_serves_every_length, test_an_empty_episode_in_a_graph, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python, test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    returns, following = [], 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns.insert(0, following)
    return tf.stack(returns)
