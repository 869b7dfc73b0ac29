"""The seed is multiplied by the number of epochs, so that a longer training is another one from the start.

breaks: "does not depend on `epochs`"
fails: test_nothing_but_the_seed
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed * epochs)

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
