"""The reflex: what breaks under tf.function is taken out of it. The step around it is compiled.

fails: test_the_counter_counts_every_step, test_the_noise_is_fresh, test_a_new_limit_takes_effect, test_the_log_averages_all_losses, test_one_trace_serves_all_temperatures, test_the_scaler_remembers_the_largest_reward
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
