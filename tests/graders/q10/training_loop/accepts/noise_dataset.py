"""The noise is made in the input pipeline: every element gets seeds of its own, which depend on the
epoch, too."""

import numpy as np
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    compiled = tf.function(step, reduce_retracing=True)
    history = {}
    for epoch in range(epochs):

        def with_noise(number, real, epoch=epoch):
            key = tf.random.experimental.stateless_fold_in([seed, epoch], number)
            shape = [tf.shape(real)[0], noise_dim]
            return real, tf.random.stateless_normal(shape, seed=key)

        rows, losses = [], {}
        for real, noise in dataset.enumerate().map(with_noise):
            rows.append(real.shape[0])
            for name, loss in compiled(real, noise).items():
                losses.setdefault(name, []).append(loss.numpy())
        for name, each in losses.items():
            history.setdefault(name, []).append(float(np.average(each, weights=rows)))
    return history
