"""keras.random.normal is a function of its seed, and the seed is the same number in every step.

breaks: "No two steps have the same noise"
fails: test_every_step_has_new_noise
"""

import keras
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, keras.random.normal([rows, noise_dim], seed=seed)), rows

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
