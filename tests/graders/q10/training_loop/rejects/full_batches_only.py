"""The last batch does not fit the shape of the step and is dropped.

breaks: "Each batch of each epoch is one step"
fails: test_every_batch_is_one_step, test_every_epoch_iterates_the_dataset, test_history_is_the_mean_of_each_epoch
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        size = next(iter(dataset)).shape[0]
        for real in dataset.unbatch().batch(size, drop_remainder=True):
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
