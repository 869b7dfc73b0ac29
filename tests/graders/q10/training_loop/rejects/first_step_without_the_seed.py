"""The seed is multiplied by the number of the step, and the first one has the number 0.

breaks: "another seed gives other noise"
fails: test_the_noise_follows_the_seed
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    number = 0
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            rows = int(tf.shape(real)[0])
            noise = tf.random.stateless_normal([rows, noise_dim], seed=[seed * number, number])
            number += 1
            for name, loss in compiled(real, noise).items():
                sums[name] = sums.get(name, 0.0) + rows * float(loss)
            examples += rows
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
