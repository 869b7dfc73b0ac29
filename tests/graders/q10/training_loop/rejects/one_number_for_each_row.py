"""Draws one number for each example, and repeats it along the row.

breaks: "Noise is float32, standard normal"
fails: test_the_noise_is_normal
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    number = 0
    for _ in range(epochs):
        sums, total = {}, 0
        for real in dataset:
            rows = int(real.shape[0])
            noise = tf.random.stateless_normal([rows, 1], seed=[seed, number])
            noise = tf.tile(noise, [1, noise_dim])
            number += 1
            for name, loss in compiled(real, noise).items():
                sums[name] = sums.get(name, 0.0) + rows * float(loss)
            total += rows
        for name, value in sums.items():
            history.setdefault(name, []).append(value / total)
    return history
