"""The loop of the graph is limited to 500 rounds, so long episodes are cut.

breaks: "and so on, to the end of the episode"
fails: test_long_episodes_stay_exact
"""

import tensorflow as tf


def discounted_returns(rewards, gamma):
    steps = tf.shape(rewards)[0]

    def body(t, following, returns):
        value = rewards[t] + gamma * following
        return t - 1, value, returns.write(t, value)

    _, _, returns = tf.while_loop(
        lambda t, *_: t >= 0,
        body,
        (steps - 1, tf.constant(0.0), tf.TensorArray(tf.float32, steps, element_shape=[])),
        maximum_iterations=500,
    )
    return returns.stack()
