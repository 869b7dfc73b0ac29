"""A whole epoch is one call of one graph; the noise comes from a SeedGenerator of Keras."""

import keras
import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    seeds = keras.random.SeedGenerator(seed)
    shapes = tf.nest.map_structure(lambda t: tf.TensorSpec(t.shape, t.dtype), dataset.element_spec)
    one = tf.function(step).get_concrete_function(
        shapes, tf.TensorSpec([None, noise_dim], tf.float32)
    )
    names = sorted(one.structured_outputs)

    @tf.function
    def epoch():
        sums, examples = tf.zeros([len(names)]), 0.0
        for real in dataset:
            rows = tf.shape(real)[0]
            losses = one(real, keras.random.normal([rows, noise_dim], seed=seeds))
            weight = tf.cast(rows, tf.float32)
            sums += tf.stack([losses[name] for name in names]) * weight
            examples += weight
        return sums / examples

    means = [epoch().numpy().tolist() for _ in range(epochs)]
    return {name: [each[i] for each in means] for i, name in enumerate(names)}
