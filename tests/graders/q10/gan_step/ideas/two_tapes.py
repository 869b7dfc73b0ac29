"""Two tapes, two gradients, and two optimizers, compiled for each pair: nothing more."""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            losses = {"g_loss": g_loss(fake_logits), "d_loss": d_loss(real_logits, fake_logits)}
        g_weights, d_weights = generator.trainable_weights, discriminator.trainable_weights
        g_gradients = g_tape.gradient(losses["g_loss"], g_weights)
        d_gradients = d_tape.gradient(losses["d_loss"], d_weights)
        g_optimizer.apply_gradients(zip(g_gradients, g_weights))
        d_optimizer.apply_gradients(zip(d_gradients, d_weights))
        return losses

    return step
