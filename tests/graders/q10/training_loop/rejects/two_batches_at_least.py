"""Whether the batches are of one size is read off the first two.

breaks: "Each batch of each epoch is one step"
fails: test_every_batch_is_one_step, test_every_epoch_iterates_the_dataset
"""

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)
    first, second = (len(real) for real in dataset.take(2))

    @tf.function(reduce_retracing=first != second)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = {}
    for _ in range(epochs):
        losses, rows = zip(*[compiled(real) for real in dataset])
        for name in losses[0]:
            each = [loss[name] for loss in losses]
            history.setdefault(name, []).append(float(np.average(each, weights=rows)))
    return history
