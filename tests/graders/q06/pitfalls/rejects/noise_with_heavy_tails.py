"""The noise has the right deviation, and its tails are too heavy for a normal one.

breaks: "The noise is normally distributed"
fails: test_the_noise_is_normal
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
    far, near = tf.unstack(tf.random.uniform([2, *tf.unstack(tf.shape(actions))], minval=1e-6))
    return actions + scale * (tf.math.log(far) - tf.math.log(near)) / 2.0**0.5


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
        self.total = tf.Variable(0.0, trainable=False)
        self.count = tf.Variable(0.0, trainable=False)

    def add(self, loss):
        self.total.assign_add(loss)
        self.count.assign_add(1.0)

    def average(self):
        return self.total / self.count


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
