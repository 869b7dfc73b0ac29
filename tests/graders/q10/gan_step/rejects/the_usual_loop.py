"""The step that most guides print: it trains, forgets the penalties, reports nothing, and stops at a
frozen network.

breaks: "two float32 scalars", "part of its own loss", "the other one learns"
fails: test_both_losses_are_returned, test_penalties_belong_to_their_network, test_one_network_may_be_frozen
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = g_loss(fake_logits)
            d_total = d_loss(real_logits, fake_logits)
        g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables
        g_gradients = g_tape.gradient(g_total, g_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)
        g_optimizer.apply_gradients(zip(g_gradients, g_variables))
        d_optimizer.apply_gradients(zip(d_gradients, d_variables))

    return step
