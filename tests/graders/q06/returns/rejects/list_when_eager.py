"""Eager calls start a list with the last reward, and an empty episode has none.

breaks: "An episode of length 0 has no returns, in eager mode and in a graph"
fails: test_an_empty_episode_has_no_returns
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    if tf.executing_eagerly():
        *earlier, last = tf.unstack(rewards)
        returns = [last]
        for reward in reversed(earlier):
            returns.append(reward + gamma * returns[-1])
        return tf.stack(returns[::-1])
    return tf.scan(
        lambda following, reward: reward + gamma * following,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )
