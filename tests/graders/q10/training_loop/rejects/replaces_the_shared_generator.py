"""A seeded generator is made, and made the one of everybody.

breaks: "What others draw afterwards"
fails: test_others_draw_what_they_would_have_drawn
"""

from collections import defaultdict

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)
    tf.random.set_global_generator(generator)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = defaultdict(list)
    for _ in range(epochs):
        losses, rows = zip(*[compiled(real) for real in dataset], strict=True)
        for name in losses[0]:
            each = [loss[name] for loss in losses]
            history[name].append(float(np.average(each, weights=rows)))
    return dict(history)
