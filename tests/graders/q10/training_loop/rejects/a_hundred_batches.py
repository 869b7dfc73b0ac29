"""Steps are numbered as if no epoch had more than a hundred.

fails: test_every_step_has_new_noise
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for epoch in range(epochs):
        sums, examples = {}, 0
        for number, real in enumerate(dataset):
            rows = len(real)
            losses = compiled(
                real, tf.random.stateless_normal([rows, noise_dim], [seed, 100 * epoch + number])
            )
            examples += rows
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * rows
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
