"""One number for the whole episode is computed, the return of its first step.

breaks: "float32 of shape [T]"
fails: test_returns_look_ahead, test_long_episodes_stay_exact, test_gamma_may_be_0_or_1, test_an_empty_episode_has_no_returns, test_an_empty_episode_in_a_graph
"""

import tensorflow as tf


@tf.function
def discounted_returns(rewards, gamma):
    following = tf.constant(0.0)
    for t in tf.range(tf.size(rewards) - 1, -1, -1):
        following = rewards[t] + gamma * following
    return following
