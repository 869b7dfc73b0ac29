"""The means are rounded, as a printed example shows them.

breaks: "It is the mean over all examples"
fails: test_history_is_the_mean_of_each_epoch
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    noises = tf.random.Generator.from_seed(seed)
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            rows = int(tf.shape(real)[0])
            noise = noises.normal([rows, noise_dim])
            for name, loss in compiled(real, noise).items():
                sums[name] = sums.get(name, 0.0) + rows * float(loss)
            examples += rows
        for name, total in sums.items():
            history.setdefault(name, []).append(round(total / examples, 4))
    return history
