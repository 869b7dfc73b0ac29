"""Each epoch takes as many batches as the first one had, and leaves the others out.

breaks: "Each batch of each epoch is one step"
fails: test_every_batch_is_one_step
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    noises = tf.random.Generator.from_seed(seed)
    compiled = tf.function(step, reduce_retracing=True)
    history, batches = {}, None
    for _ in range(epochs):
        sums, examples, taken = {}, 0, 0
        for real in dataset if batches is None else dataset.take(batches):
            rows = int(tf.shape(real)[0])
            noise = noises.normal([rows, noise_dim])
            for name, loss in compiled(real, noise).items():
                sums[name] = sums.get(name, 0.0) + rows * float(loss)
            examples += rows
            taken += 1
        batches = taken if batches is None else batches
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
