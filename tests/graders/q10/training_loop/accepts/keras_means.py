"""A Mean of Keras for each loss, a new one for each epoch."""

from collections import defaultdict

import keras
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = defaultdict(list)
    for _ in range(epochs):
        means = defaultdict(keras.metrics.Mean)
        for real in dataset:
            losses, rows = compiled(real)
            for name, loss in losses.items():
                means[name].update_state(loss, sample_weight=rows)
        for name, mean in means.items():
            history[name].append(float(mean.result()))
    return dict(history)
