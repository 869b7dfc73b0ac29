"""The logits of both batches are put side by side, as if there were as many fakes as real images.

breaks: "may have different sizes"
fails: all
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape(persistent=True) as tape:
            images = tf.concat([real, generator(noise, training=True)], axis=0)
            real_logits, fake_logits = tf.split(discriminator(images, training=True), 2)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        for optimizer, network, total in (
            (g_optimizer, generator, g_total),
            (d_optimizer, discriminator, d_total),
        ):
            weights = network.trainable_weights
            optimizer.apply(tape.gradient(total, weights), weights)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
