"""The generator gets the opposite of the discriminator's loss, not the loss it was given.

breaks: "The generator moves by the gradient of `g_loss(fake_logits)`"
fails: test_the_generator_learns_from_its_loss
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
            g_learns = tf.add_n([-d_loss(real_logits, fake_logits), *generator.losses])
        g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables
        g_gradients = g_tape.gradient(g_learns, g_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)
        g_optimizer.apply(g_gradients, g_variables)
        d_optimizer.apply(d_gradients, d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
