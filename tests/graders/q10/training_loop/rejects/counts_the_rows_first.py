"""A pass over the dataset before the training takes the sizes of its batches, as if every pass had the same.

breaks: "The dataset is iterated once for each epoch"
fails: test_every_epoch_iterates_the_dataset
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    sizes = [len(real) for real in dataset]
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for size, real in zip(sizes, dataset):
            losses, rows = compiled(real)
            examples += size
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
