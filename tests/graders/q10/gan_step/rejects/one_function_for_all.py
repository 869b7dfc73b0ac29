"""One decorated function of the module serves all pairs of networks. It may make the variables of
optimizers in its first call only, and so it serves the first pair of a process.

breaks: "Several pairs of networks"
fails: test_every_pair_has_its_own_step
"""

import functools

import tensorflow as tf


@tf.function
def train(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss, real, noise):
    with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
        fake_logits = discriminator(generator(noise, training=True), training=True)
        real_logits = discriminator(real, training=True)
        g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
        d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
    g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables
    g_optimizer.apply(g_tape.gradient(g_total, g_variables), g_variables)
    d_optimizer.apply(d_tape.gradient(d_total, d_variables), d_variables)
    return {"g_loss": g_total, "d_loss": d_total}


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    return functools.partial(
        train, generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss
    )
