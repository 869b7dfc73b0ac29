"""A loop of the graph starts from the integer 0, and goes on with floats.

breaks: "Traced for the shape [None], it gives what it gives eagerly"
fails: test_one_graph_serves_every_length, test_an_empty_episode_in_a_graph, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python, test_gradients_reach_the_rewards
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    steps = tf.shape(rewards)[0]
    returns = tf.TensorArray(tf.float32, size=steps)
    following = 0
    for t in tf.range(steps - 1, -1, -1):
        following = rewards[t] + gamma * following
        returns = returns.write(t, following)
    return returns.stack()
