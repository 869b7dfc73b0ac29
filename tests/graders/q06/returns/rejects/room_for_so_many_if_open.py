"""A length that is open while tracing is taken to be 100 at most.

breaks: "Traced for the shape [None], it gives what it gives eagerly"
fails: test_one_graph_serves_every_length
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
        maximum_iterations=rewards.shape[0] or 100,
    )
    return returns.stack()
