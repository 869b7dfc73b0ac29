"""The generator is reset at the beginning of each epoch: every epoch sees the same noise.

breaks: "No two steps have the same noise"
fails: test_every_step_has_new_noise
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
        generator.reset_from_seed(seed)
        sums, examples = {}, 0
        for real in dataset:
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
