"""The discriminator learns from as many fakes as there are real images, and the other fakes are cut off.

breaks: "may have different sizes"
fails: test_batches_of_other_sizes
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape(persistent=True) as tape:
            of_fakes = discriminator(generator(noise, training=True), training=True)
            of_real = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(of_fakes), *generator.losses])
            d_total = tf.add_n([d_loss(of_real, of_fakes[: len(real)]), *discriminator.losses])
        g_weights, d_weights = generator.trainable_weights, discriminator.trainable_weights
        g_gradients = tape.gradient(g_total, g_weights)
        d_gradients = tape.gradient(d_total, d_weights)
        g_optimizer.apply(g_gradients, g_weights)
        d_optimizer.apply(d_gradients, d_weights)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
