"""The mean is 0 and the variance 1, so it is taken for normal: the distribution is still uniform.

breaks: "standard normal"
fails: test_the_noise_is_normal
"""

from collections import defaultdict

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)
    edge = 3.0**0.5

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.uniform([rows, noise_dim], -edge, edge)), rows

    history = defaultdict(list)
    for _ in range(epochs):
        losses, rows = zip(*[compiled(real) for real in dataset], strict=True)
        for name in losses[0]:
            each = [loss[name] for loss in losses]
            history[name].append(float(np.average(each, weights=rows)))
    return dict(history)
