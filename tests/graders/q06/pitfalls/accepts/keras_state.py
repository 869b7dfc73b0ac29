"""State in Keras variables and metrics, noise from Keras, a policy with a signature."""

import keras
import tensorflow as tf


class StepCounter:
    def __init__(self):
        self.steps = keras.Variable(0, dtype="int64", trainable=False)

    def __call__(self):
        self.steps.assign_add(1)
        return tf.identity(self.steps.value)


seeds = keras.random.SeedGenerator(1)


def explore(actions, scale):
    return actions + keras.random.normal(tf.shape(actions), stddev=scale, seed=seeds)


class RewardClipper:
    def __init__(self, limit):
        self._limit = keras.Variable(limit, dtype="float32", trainable=False)
        self.set_limit = self._limit.assign

    def __call__(self, reward):
        return tf.minimum(tf.maximum(reward, -self._limit.value), self._limit.value)


class LossLog:
    def __init__(self):
        self.mean = keras.metrics.Mean()

    def add(self, loss):
        self.mean.update_state(loss)

    def average(self):
        return self.mean.result()


def make_policy(network):
    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32), tf.TensorSpec([], tf.float32)])
    def policy(observation, temperature):
        return tf.nn.softmax(network(observation) / temperature)

    return policy


class RewardScaler(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.largest = self.add_weight(shape=(), initializer="ones", trainable=False)

    def call(self, reward):
        self.largest.assign(tf.maximum(self.largest.value, tf.abs(reward)))
        return reward / self.largest.value
