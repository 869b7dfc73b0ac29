"""The discriminator is switched off for the generator's gradient and on again for its own, with all
its layers.

breaks: "The step sets no `trainable`"
fails: test_frozen_layers_stay_frozen, test_no_switch_is_set
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        frozen = not discriminator.trainable_variables
        discriminator.trainable = False
        with tf.GradientTape() as g_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
        g_variables = generator.trainable_variables
        g_gradients = g_tape.gradient(g_total, g_variables)
        discriminator.trainable = not frozen
        with tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        d_variables = discriminator.trainable_variables
        d_gradients = d_tape.gradient(d_total, d_variables)
        g_optimizer.apply(g_gradients, g_variables)
        d_optimizer.apply(d_gradients, d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
