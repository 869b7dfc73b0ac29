"""The batches are cut anew, so that all but the last have two examples.

breaks: "Each batch of each epoch is one step"
fails: test_every_batch_is_one_step
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    noises = tf.random.Generator.from_seed(seed)
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset.rebatch(2):
            rows = int(tf.shape(real)[0])
            noise = noises.normal([rows, noise_dim])
            for name, loss in compiled(real, noise).items():
                sums[name] = sums.get(name, 0.0) + rows * float(loss)
            examples += rows
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
