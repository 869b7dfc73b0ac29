"""Variables made at the first call only, a tf.random.Generator, a list in a variable."""

import numpy as np
import tensorflow as tf


class StepCounter:
    steps = None

    @tf.function
    def __call__(self):
        if self.steps is None:
            self.steps = tf.Variable(tf.constant(0, tf.int64))
        self.steps.assign_add(1)
        return self.steps.read_value()


generator = tf.random.Generator.from_seed(3)


@tf.function
def explore(actions, scale):
    return actions + generator.normal(tf.shape(actions), stddev=scale)


class RewardClipper(tf.Module):
    def __init__(self, limit):
        super().__init__()
        self.bounds = tf.Variable([-limit, limit])

    def set_limit(self, limit):
        self.bounds.assign([-limit, limit])

    def __call__(self, reward):
        low, high = tf.unstack(self.bounds)
        return tf.clip_by_value(reward, low, high)


class LossLog:
    def __init__(self):
        self.losses = tf.Variable(tf.zeros([0]), shape=[None])

    def add(self, loss):
        self.losses.assign(tf.concat([self.losses, [loss]], axis=0))

    def average(self):
        return tf.reduce_mean(self.losses)


def make_policy(network):
    @tf.function
    def probabilities(observation, temperature):
        return tf.nn.softmax(network(observation) / temperature)

    return lambda observation, temperature: probabilities(observation, np.float32(temperature))


class RewardScaler:
    def __init__(self):
        self.largest = None

    def __call__(self, reward):
        if self.largest is None:
            self.largest = tf.Variable(1.0)
        self.largest.assign(tf.maximum(self.largest, tf.abs(reward)))
        return reward / self.largest
