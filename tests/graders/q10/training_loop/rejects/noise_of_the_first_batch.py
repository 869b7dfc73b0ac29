"""The noise has as many rows as the first batch, as if all batches were of one size.

breaks: "of shape [rows of the batch, noise_dim]", "The dataset is iterated once for each epoch"
fails: test_a_row_of_noise_for_each_example, test_every_epoch_iterates_the_dataset
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    batch_size = next(iter(dataset)).shape[0]

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([batch_size, noise_dim])), rows

    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
