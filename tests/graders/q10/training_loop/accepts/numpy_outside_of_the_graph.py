"""NumPy draws the noise, from a generator of its own, in the loop and not in the compiled step."""

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    rng = np.random.default_rng(seed)
    compiled = tf.function(step)
    history = {}
    for _ in range(epochs):
        total, examples = {}, 0
        for real in dataset:
            rows = real.shape[0]
            noise = rng.standard_normal((rows, noise_dim), dtype=np.float32)
            for name, loss in compiled(real, tf.convert_to_tensor(noise)).items():
                total[name] = total.get(name, 0.0) + rows * float(loss)
            examples += rows
        for name, value in total.items():
            history.setdefault(name, []).append(value / examples)
    return history
