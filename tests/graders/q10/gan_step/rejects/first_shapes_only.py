"""One concrete function, made for the shapes of the first batches, serves all of them.

fails: test_both_losses_are_returned
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables

    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        g_optimizer.apply(g_tape.gradient(g_total, g_variables), g_variables)
        d_optimizer.apply(d_tape.gradient(d_total, d_variables), d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    made = []

    def compiled(real, noise):
        if not made:
            made.append(tf.function(step).get_concrete_function(real, noise))
        return made[0](real, noise)

    return compiled
