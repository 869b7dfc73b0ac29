"""Stateless noise, of the seed and the number of the step; Keras metrics that are reset."""

import keras
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    compiled = tf.function(step)
    means, history, number = {}, {}, 0
    for _ in range(epochs):
        for real in dataset:
            rows = len(real)
            noise = tf.random.stateless_normal([rows, noise_dim], seed=[seed, number])
            number += 1
            for name, loss in compiled(real, noise).items():
                if name not in means:
                    means[name] = keras.metrics.Mean()
                    history[name] = []
                means[name].update_state(loss, sample_weight=rows)
        for name, mean in means.items():
            history[name].append(mean.result().numpy().item())
            mean.reset_state()
    return history
