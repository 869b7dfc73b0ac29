"""Python counts, draws and decides, as if it ran at every step, with or without a decorator.

breaks: "Every run returns the number of runs so far", "It is drawn anew in every run", "The next
run uses the new limit", "gives the mean of all losses added so far", "The Python code of the
network runs once", "the largest absolute value of all rewards so far"
fails: all
"""

import numpy as np
import tensorflow as tf


class StepCounter:
    def __init__(self):
        self.steps = 0

    def __call__(self):
        self.steps += 1
        return tf.constant(self.steps)


def explore(actions, scale):
    noise = np.random.normal(0.0, scale, size=actions.shape)
    return actions + noise.astype("float32")


class RewardClipper:
    def __init__(self, limit):
        self.limit = limit

    def set_limit(self, limit):
        self.limit = limit

    def __call__(self, reward):
        return tf.clip_by_value(reward, -self.limit, self.limit)


class LossLog:
    def __init__(self):
        self.losses = []

    def add(self, loss):
        self.losses.append(loss)

    def average(self):
        return tf.reduce_mean(tf.stack(self.losses))


def make_policy(network):
    def policy(observation, temperature):
        return tf.nn.softmax(network(observation) / temperature)

    return policy


class RewardScaler:
    def __call__(self, reward):
        largest = tf.Variable(1.0)
        largest.assign(tf.maximum(largest, tf.abs(reward)))
        return reward / largest
