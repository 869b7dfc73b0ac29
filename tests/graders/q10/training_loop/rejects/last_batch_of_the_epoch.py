"""What is reported for an epoch is the loss of its last batch.

breaks: "It is the mean over all examples"
fails: test_history_is_the_mean_of_each_epoch
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
        for real in dataset:
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = float(loss)
        for name, total in sums.items():
            history.setdefault(name, []).append(total)
    return history
