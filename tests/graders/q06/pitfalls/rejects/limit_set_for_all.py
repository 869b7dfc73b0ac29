"""A new limit is set in every clipper, as if there were one limit in a training.

breaks: "Every clipper has a limit of its own"
fails: test_a_new_limit_takes_effect
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


clippers = []


class RewardClipper:
    def __init__(self, limit):
        self.limit = tf.Variable(limit, dtype=tf.float32, trainable=False)
        clippers.append(self)

    def set_limit(self, limit):
        for clipper in clippers:
            clipper.limit.assign(limit)

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
