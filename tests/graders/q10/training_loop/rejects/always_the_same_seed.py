"""The generator starts from a number of its own: the same noise for every seed.

breaks: "another seed gives other noise"
fails: test_the_noise_follows_the_seed
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(1234)

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
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
