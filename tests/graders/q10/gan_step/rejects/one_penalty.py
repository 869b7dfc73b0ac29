"""Each network has one regularizer, it is believed; of several penalties, the first one counts.

breaks: "part of its own loss"
fails: test_penalties_belong_to_their_network
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables

    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses[:1]])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses[:1]])
        g_optimizer.apply(g_tape.gradient(g_total, g_variables), g_variables)
        d_optimizer.apply(d_tape.gradient(d_total, d_variables), d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
