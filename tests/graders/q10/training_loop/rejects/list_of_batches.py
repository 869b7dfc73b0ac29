"""The batches are kept in a list, the same ones for all epochs.

breaks: "The dataset is iterated once for each epoch"
fails: test_every_epoch_iterates_the_dataset
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)
    batches = list(dataset)
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in batches:
            rows = len(real)
            losses = compiled(real, generator.normal([rows, noise_dim]))
            examples += rows
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * rows
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
