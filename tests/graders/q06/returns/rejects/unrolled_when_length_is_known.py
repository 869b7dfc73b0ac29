"""A known length is taken for a reason to unroll the loop.

breaks: "No graph grows with the length"
fails: test_the_graph_does_not_grow_with_the_episode
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if rewards.shape[0]:
        following, returns = tf.constant(0.0), []
        for reward in reversed(tf.unstack(rewards)):
            following = reward + gamma * following
            returns.append(following)
        return tf.stack(returns[::-1])
    return tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
