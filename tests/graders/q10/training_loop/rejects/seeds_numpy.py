"""NumPy's global generator is seeded and drawn from.

breaks: "What others draw afterwards"
fails: test_others_draw_what_they_would_have_drawn
"""

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    np.random.seed(seed)
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            rows = len(real)
            losses = compiled(real, np.random.normal(size=[rows, noise_dim]).astype("float32"))
            examples += rows
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * rows
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
