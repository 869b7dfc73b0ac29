"""NumPy's generator depends on the seed alone; but Python draws only while the step is traced.

breaks: "No two steps have the same noise"
fails: test_every_step_has_new_noise
"""

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = np.random.default_rng(seed)

    @tf.function
    def compiled(real):
        rows = real.shape[0]
        noise = generator.normal(size=[rows, noise_dim])
        return step(real, tf.constant(noise, tf.float32)), rows

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
