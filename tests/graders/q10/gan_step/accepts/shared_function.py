"""One tf.function for all pairs. It is traced for each pair, and the optimizers are built before,
so that no trace has to make variables."""

import tensorflow as tf


@tf.function
def train(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss, real, noise):
    with tf.GradientTape(persistent=True) as tape:
        fakes = generator(noise, training=True)
        fake_logits = discriminator(fakes, training=True)
        real_logits = discriminator(real, training=True)
        g_total = g_loss(fake_logits) + sum(generator.losses)
        d_total = d_loss(real_logits, fake_logits) + sum(discriminator.losses)
    for optimizer, network, loss in (
        (g_optimizer, generator, g_total),
        (d_optimizer, discriminator, d_total),
    ):
        variables = network.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
    return {"g_loss": g_total, "d_loss": d_total}


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_optimizer.build(generator.trainable_variables)
    d_optimizer.build(discriminator.trainable_variables)

    def step(real, noise):
        return train(
            generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss, real, noise
        )

    return step
