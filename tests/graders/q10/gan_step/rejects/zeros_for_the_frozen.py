"""Frozen weights get a gradient of 0; an optimizer with weight decay moves them.

breaks: "does not move, at whatever depth"
fails: test_frozen_layers_stay_frozen
"""

import tensorflow as tf


def every_weight(network):
    return [weight for weight in network.weights if weight.dtype == "float32"]


def or_zeros(gradients, variables):
    pairs = zip(gradients, variables)
    return [tf.zeros_like(v) if g is None or not v.trainable else g for g, v in pairs]


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_variables, d_variables = every_weight(generator), every_weight(discriminator)

    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        g_gradients = g_tape.gradient(g_total, g_variables)
        g_optimizer.apply(or_zeros(g_gradients, g_variables), g_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)
        d_optimizer.apply(or_zeros(d_gradients, d_variables), d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
