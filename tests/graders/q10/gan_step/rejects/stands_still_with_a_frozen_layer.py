"""A single frozen layer makes the whole network stand still.

breaks: "The generator moves by the gradient", "The discriminator moves by the gradient"
fails: test_frozen_layers_stay_frozen
"""

import tensorflow as tf


def thawed(network):
    frozen = any(not weight.trainable for weight in network.weights)
    return [] if frozen else network.trainable_weights


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape(persistent=True) as tape:
            of_fakes = discriminator(generator(noise, training=True), training=True)
            of_real = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(of_fakes), *generator.losses])
            d_total = tf.add_n([d_loss(of_real, of_fakes), *discriminator.losses])
        g_weights, d_weights = thawed(generator), thawed(discriminator)
        g_gradients = tape.gradient(g_total, g_weights)
        d_gradients = tape.gradient(d_total, d_weights)
        g_optimizer.apply(g_gradients, g_weights)
        d_optimizer.apply(d_gradients, d_weights)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
