"""A window in a variable has room for a hundred losses, and older ones are overwritten.

breaks: "There may be thousands of losses"
fails: test_the_log_holds_thousands_of_losses
"""

import tensorflow as tf


class StepCounter:
    def __init__(self):
        self.steps = tf.Variable(0, trainable=False)

    @tf.function
    def __call__(self):
        return self.steps.assign_add(1)


@tf.function
def explore(actions, scale):
    return actions + tf.random.normal(tf.shape(actions), stddev=scale)


class RewardClipper:
    def __init__(self, limit):
        self.limit = tf.Variable(limit, dtype=tf.float32, trainable=False)

    def set_limit(self, limit):
        self.limit.assign(limit)

    @tf.function
    def __call__(self, reward):
        return tf.clip_by_value(reward, -self.limit, self.limit)


class LossLog:
    def __init__(self):
        self.window = tf.Variable(tf.zeros([100]), trainable=False)
        self.count = tf.Variable(0, trainable=False)

    def add(self, loss):
        self.window.scatter_nd_update([[self.count % 100]], [loss])
        self.count.assign_add(1)

    def average(self):
        return tf.reduce_mean(self.window[: tf.minimum(self.count, 100)])


def make_policy(network):
    @tf.function
    def compiled(observation, temperature):
        return tf.nn.softmax(network(observation) / temperature)

    def policy(observation, temperature):
        return compiled(observation, tf.constant(temperature, tf.float32))

    return policy


class RewardScaler:
    def __init__(self):
        self.largest = tf.Variable(1.0, trainable=False)

    @tf.function
    def __call__(self, reward):
        return reward / self.largest.assign(tf.maximum(self.largest, tf.abs(reward)))
