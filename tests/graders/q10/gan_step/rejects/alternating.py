"""The discriminator moves first, and the generator learns from the discriminator that has moved.

breaks: "belong to the weights before the step"
fails: test_the_generator_learns_from_its_loss, test_both_losses_are_returned
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        d_variables = discriminator.trainable_variables
        with tf.GradientTape() as tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        d_optimizer.apply(tape.gradient(d_total, d_variables), d_variables)
        g_variables = generator.trainable_variables
        with tf.GradientTape() as tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
        g_optimizer.apply(tape.gradient(g_total, g_variables), g_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
