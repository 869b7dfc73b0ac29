"""The rewards are read with `.numpy()`, which a tensor of a graph does not have.

breaks: "Traced for the shape [None], it gives what it gives eagerly", "Gradients flow to the
rewards"
fails: test_one_graph_serves_every_length, test_an_empty_episode_in_a_graph, test_the_graph_does_not_grow_with_the_episode, test_the_graph_needs_no_python, test_gradients_reach_the_rewards
"""

import numpy as np
import tensorflow as tf


def discounted_returns(rewards, gamma):
    values, returns, following = rewards.numpy(), [], np.float32(0)
    for reward in values[::-1]:
        following = reward + gamma.numpy() * following
        returns.append(following)
    return tf.constant(returns[::-1], tf.float32)
